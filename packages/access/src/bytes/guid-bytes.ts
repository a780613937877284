import { encodeGuid, type Guid } from '@wmisec/wbem';

export const GUID_SIZE = 16;

/** Two capital hex digits for each byte. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0').toUpperCase(),
);

/** Where in `{00112233-4455-6677-8899-AABBCCDDEEFF}` the digits of each byte stand: three fields are reversed. */
const PLACES = [7, 5, 3, 1, 12, 10, 17, 15, 20, 22, 25, 27, 29, 31, 33, 35] as const;
const DASHES = [9, 14, 19, 24] as const;
const CANONICAL_LENGTH = 38;
const BRACE = 0x7b;
const DASH = 0x2d;

/** The GUID at an offset; 16 bytes must be there. As `decodeGuid`, for descriptors with thousands of them. */
export function readGuid(bytes: Uint8Array, offset: number): Guid {
  const hex = (i: number) => HEX[bytes[offset + i]!]!;
  const first = hex(3) + hex(2) + hex(1) + hex(0);
  const last = hex(10) + hex(11) + hex(12) + hex(13) + hex(14) + hex(15);
  return `{${first}-${hex(5)}${hex(4)}-${hex(7)}${hex(6)}-${hex(8)}${hex(9)}-${last}}`;
}

/**
 * Writes a GUID and returns the offset behind it.
 * @throws ParseError `INVALID_GUID`
 */
export function writeGuid(bytes: Uint8Array, offset: number, guid: Guid): number {
  if (!writeCanonicalGuid(bytes, offset, guid)) bytes.set(encodeGuid(guid), offset);
  return offset + GUID_SIZE;
}

/** Writes a GUID in its canonical spelling; false for any other. */
function writeCanonicalGuid(bytes: Uint8Array, offset: number, guid: Guid): boolean {
  if (guid.length !== CANONICAL_LENGTH || guid.charCodeAt(0) !== BRACE) return false;
  if (DASHES.some((place) => guid.charCodeAt(place) !== DASH)) return false;
  for (let i = 0; i < GUID_SIZE; i++) {
    const place = PLACES[i]!;
    const byte = digitAt(guid, place) * 16 + digitAt(guid, place + 1);
    if (Number.isNaN(byte)) return false;
    bytes[offset + i] = byte;
  }
  return true;
}

/** The value of a capital hex digit; NaN for any other unit. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x41 && code <= 0x46 ? code - 0x37 : Number.NaN;
}
