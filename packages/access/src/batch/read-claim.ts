import type { Claim, ClaimValues } from '../descriptor/claim-attribute.ts';
import { parseSid } from '../sid/parse-sid.ts';
import { expected, listAt, objectAt, text, uint32 } from './json-input.ts';

type ClaimType = ClaimValues['type'];

/**
 * A claim from JSON, `{type, values, flags?}`: integers are numbers or decimal strings, octets hex strings.
 * @throws WmisecError `INVALID_ARGUMENT`; ParseError `ERROR_INVALID_SID`.
 * @see [MS-DTYP] 2.4.10.1
 */
export function readClaim(value: unknown, where: string): Claim {
  const { type, values, flags } = objectAt(value, where);
  const read = READERS[text(type, `${where}.type`) as ClaimType];
  if (read === undefined) throw expected(Object.keys(READERS).join(', '), type, `${where}.type`);
  const list = listAt(values, `${where}.values`).map((item, i) => read(item, `${where}.values[${i}]`));
  return {
    type,
    values: list,
    ...(flags !== undefined && { flags: uint32(flags, `${where}.flags`) }),
  } as Claim;
}

const READERS: Readonly<Record<ClaimType, (value: unknown, where: string) => unknown>> = Object.freeze({
  // Without a prototype, so that no other word is taken for a type.
  __proto__: null as never,
  int: (value: unknown, where: string) => integer(value, where, -(2n ** 63n), 2n ** 63n - 1n),
  uint: (value: unknown, where: string) => integer(value, where, 0n, 2n ** 64n - 1n),
  string: text,
  bool: boolean,
  sid: (value: unknown, where: string) => parseSid(text(value, where)),
  octets,
});

function integer(value: unknown, where: string, lowest: bigint, highest: bigint): bigint {
  const exact = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,20}$/.test(value));
  const number = exact ? BigInt(value as number | string) : null;
  if (number !== null && number >= lowest && number <= highest) return number;
  throw expected(`an integer from ${lowest} to ${highest}`, value, where);
}

function boolean(value: unknown, where: string): boolean {
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw expected('true or false', value, where);
}

function octets(value: unknown, where: string): Uint8Array {
  const hex = text(value, where);
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) throw expected('pairs of hex digits', value, where);
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}
