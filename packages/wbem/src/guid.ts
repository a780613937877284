import { ParseError } from './errors/parse-error.ts';

/** A GUID in registry form with braces and capitals: `{DC12A687-737F-11CF-884D-00AA004B2E24}`. */
export type Guid = `{${string}}`;

const PATTERN = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** @throws ParseError `INVALID_GUID` for anything but 8-4-4-4-12 hex digits, braces optional. */
export function parseGuid(text: string): Guid {
  const m = PATTERN.exec(text);
  if (m === null) {
    const got = JSON.stringify(text.slice(0, 60));
    throw new ParseError('INVALID_GUID', 'GUID', { offset: 0, expected: '8-4-4-4-12 hex digits', got });
  }
  return `{${m.slice(1).join('-').toUpperCase()}}`;
}

/** The 16 bytes of a GUID: the first three fields little-endian, the rest as written ([MS-DTYP] 2.3.4.2). */
export function encodeGuid(guid: Guid): Uint8Array {
  const hex = parseGuid(guid).replace(/[{}-]/g, '');
  const bytes = Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  swapFields(bytes);
  return bytes;
}

/** @throws RangeError when fewer than 16 bytes follow `offset`. */
export function decodeGuid(bytes: Uint8Array, offset = 0): Guid {
  if (!Number.isInteger(offset) || offset < 0 || offset + 16 > bytes.length)
    throw new RangeError(`a GUID needs 16 bytes at offset ${offset}`);
  const copy = bytes.slice(offset, offset + 16);
  swapFields(copy);
  const hex = Array.from(copy, (b) => b.toString(16).padStart(2, '0')).join('');
  return parseGuid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
}

function swapFields(bytes: Uint8Array): void {
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
}
