import type { ClaimAttribute, ClaimValues } from '../descriptor/claim-attribute.ts';
import { unescapeName } from './attribute-name.ts';
import { CLAIM_TYPE_WORDS } from './claim-words.ts';
import { byLetterPair, letterPair } from './letter-pair.ts';
import { readOctets } from './read-octets.ts';
import { readSid } from './read-sid.ts';
import { readString } from './read-string.ts';
import type { SddlCursor } from './sddl-cursor.ts';

const TYPES = byLetterPair(
  Object.fromEntries(Object.entries(CLAIM_TYPE_WORDS).map(([type, word]) => [word, type])),
);
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const NUMBER = /-?(?:0x[0-9a-f]{1,16}|[0-9]{1,24})/iy;
const MAX_FLAGS = 0xffff_ffffn;

/** Reads a resource attribute: `("name",TS,0x0,"value",...)`. @see [MS-DTYP] 2.5.1.1, attribute-data */
export function readClaim(cursor: SddlCursor): ClaimAttribute {
  cursor.expect(OPEN);
  cursor.skipBlanks();
  const nameAt = cursor.at;
  const name = unescapeName(readString(cursor));
  if (name === '' || name.includes('\0')) throw cursor.error(nameAt, 'the name of an attribute');
  passComma(cursor);
  const type = TYPES[letterPair(cursor.text, cursor.at)] as ClaimValues['type'] | undefined;
  if (type === undefined) throw cursor.error(cursor.at, 'TI, TU, TS, TD, TX or TB');
  cursor.at += 2;
  passComma(cursor);
  const flags = Number(readNumber(cursor, 0n, MAX_FLAGS));
  const claim = { name, flags, ...readValues(type, cursor) };
  cursor.expect(CLOSE);
  return claim;
}

function readValues(type: ClaimValues['type'], cursor: SddlCursor): ClaimValues {
  switch (type) {
    case 'int':
      return { type, values: list(cursor, () => readNumber(cursor, -(1n << 63n), (1n << 63n) - 1n)) };
    case 'uint':
      return { type, values: list(cursor, () => readNumber(cursor, 0n, (1n << 64n) - 1n)) };
    case 'bool':
      return { type, values: list(cursor, () => readNumber(cursor, 0n, 1n) === 1n) };
    case 'string':
      return { type, values: list(cursor, () => readString(cursor)) };
    case 'sid':
      return { type, values: list(cursor, () => readSid(cursor)) };
    case 'octets':
      return { type, values: list(cursor, () => readOctets(cursor)) };
  }
}

function list<T>(cursor: SddlCursor, readOne: () => T): T[] {
  const values: T[] = [];
  for (cursor.skipBlanks(); cursor.peek() === COMMA; cursor.skipBlanks()) {
    passComma(cursor);
    values.push(readOne());
  }
  return values;
}

function passComma(cursor: SddlCursor): void {
  cursor.skipBlanks();
  cursor.expect(COMMA);
  cursor.skipBlanks();
}

function readNumber(cursor: SddlCursor, min: bigint, max: bigint): bigint {
  const expected = `an integer of ${min} to ${max}`;
  NUMBER.lastIndex = cursor.at;
  const text = NUMBER.exec(cursor.text)?.[0];
  if (text === undefined) throw cursor.error(cursor.at, expected);
  const value = parseNumber(text);
  if (value === undefined || value < min || value > max) throw cursor.error(cursor.at, expected);
  cursor.at += text.length;
  return value;
}

/** A number as C writes it; undefined for a digit that is not of its base. */
function parseNumber(text: string): bigint | undefined {
  const digits = text.replace('-', '');
  const isOctal = /^0[0-9]/.test(digits);
  if (isOctal && /[89]/.test(digits)) return undefined;
  const magnitude = BigInt(isOctal ? `0o${digits.slice(1)}` : digits.toLowerCase());
  return text[0] === '-' ? -magnitude : magnitude;
}
