import type { AttributeSource, ConditionOperand } from '../descriptor/condition.ts';
import { prefixedNameAt, simpleNameAt, unescapeName } from './attribute-name.ts';
import { SOURCE_WORDS } from './condition-words.ts';
import { readInteger } from './read-integer.ts';
import { readOctets } from './read-octets.ts';
import { readSid } from './read-sid.ts';
import { readString } from './read-string.ts';
import type { SddlCursor } from './sddl-cursor.ts';

const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const AT = 0x40;
const QUOTE = 0x22;
const HASH = 0x23;
const BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SID_WORD = /sid[\t-\r ]*\(/iy;

/** No ACL has room for more: 64 KB at 5 bytes for the least of them. */
const MAX_LITERALS = 13_107;

const PREFIXES = Object.entries(SOURCE_WORDS) as [AttributeSource, string][];

/** Reads the left side of a relation: an attribute of any kind. */
export function readAttribute(cursor: SddlCursor): ConditionOperand {
  if (cursor.peek() === AT) return readPrefixedAttribute(cursor);
  const name = simpleNameAt(cursor.text, cursor.at);
  if (name === '') throw cursor.error(cursor.at, 'an attribute');
  cursor.at += name.length;
  return { kind: 'attribute', source: 'local', name };
}

/** Reads the right side of a relation: a literal, a list of literals or an attribute with a prefix. */
export function readOperand(cursor: SddlCursor): ConditionOperand {
  if (cursor.peek() === AT) return readPrefixedAttribute(cursor);
  if (cursor.peek() === BRACE) return readList(cursor);
  return readLiteral(cursor);
}

function readPrefixedAttribute(cursor: SddlCursor): ConditionOperand {
  const { text, at } = cursor;
  for (const [source, prefix] of PREFIXES) {
    if (text.slice(at, at + prefix.length).toUpperCase() !== prefix) continue;
    const written = prefixedNameAt(text, at + prefix.length);
    if (written === '') throw cursor.error(at + prefix.length, 'the name of an attribute');
    cursor.at = at + prefix.length + written.length;
    return { kind: 'attribute', source, name: unescapeName(written) };
  }
  throw cursor.error(at, '@User., @Device. or @Resource.');
}

function readList(cursor: SddlCursor): ConditionOperand {
  cursor.expect(BRACE);
  const values: ConditionOperand[] = [];
  cursor.skipBlanks();
  while (cursor.peek() !== CLOSE_BRACE) {
    if (values.length === MAX_LITERALS) throw cursor.error(cursor.at, `at most ${MAX_LITERALS} literals`);
    if (values.length > 0) {
      cursor.expect(COMMA);
      cursor.skipBlanks();
    }
    values.push(readLiteral(cursor));
    cursor.skipBlanks();
  }
  cursor.expect(CLOSE_BRACE);
  return { kind: 'composite', values };
}

function readLiteral(cursor: SddlCursor): ConditionOperand {
  const code = cursor.peek();
  if (code === QUOTE) return { kind: 'string', value: readString(cursor) };
  if (code === HASH) return { kind: 'octets', value: readOctets(cursor) };
  SID_WORD.lastIndex = cursor.at;
  if (SID_WORD.test(cursor.text)) {
    cursor.at = SID_WORD.lastIndex;
    return { kind: 'sid', value: readWrappedSid(cursor) };
  }
  return readInteger(cursor);
}

/** Reads what follows `SID(`. */
function readWrappedSid(cursor: SddlCursor) {
  cursor.skipBlanks();
  const sid = readSid(cursor);
  cursor.skipBlanks();
  cursor.expect(CLOSE);
  return sid;
}

/** Passes parentheses around the operand of a membership, which Windows takes: `Member_of((SID(BA)))`. */
export function readWrappedOperand(cursor: SddlCursor): ConditionOperand {
  let wrapped = 0;
  for (; cursor.peek() === OPEN; cursor.skipBlanks()) {
    cursor.at++;
    wrapped++;
  }
  const operand = readOperand(cursor);
  for (; wrapped > 0; wrapped--) {
    cursor.skipBlanks();
    cursor.expect(CLOSE);
  }
  return operand;
}
