import { ByteReader } from '../bytes/byte-reader.ts';
import { decodeUtf16 } from '../bytes/utf16.ts';
import { decodeSid } from '../sid/decode-sid.ts';
import { sidLength } from '../sid/encode-sid.ts';
import type { Sid } from '../sid/sid.ts';
import type { ClaimAttribute, ClaimValues } from './claim-attribute.ts';
import { CLAIM_HEADER, CLAIM_TYPES } from './claim-layout.ts';
import { invalidAcl } from './descriptor-error.ts';

const TYPE_NAMES = new Map(
  Object.entries(CLAIM_TYPES).map(([name, code]) => [code, name as ClaimValues['type']]),
);

/**
 * Reads a `CLAIM_SECURITY_ATTRIBUTE_RELATIVE_V1`, the application data of a resource attribute.
 * @throws ParseError `ERROR_INVALID_ACL` or `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.10.1
 */
export function decodeClaim(data: Uint8Array): ClaimAttribute {
  const reader = new ByteReader(data, () => invalidAcl(data.length, 'more bytes of a claim', 'the end'));
  const nameAt = reader.uint32();
  const type = reader.uint16();
  reader.uint16();
  const flags = reader.uint32();
  const count = reader.uint32();
  if (count > (data.length - CLAIM_HEADER) / 4) {
    throw invalidAcl(12, 'a count of values that fits', `${count}`);
  }
  const readers = Array.from({ length: count }, () => reader.from(reader.uint32()));
  return { name: readText(reader.from(nameAt)), flags, ...readValues(type, readers, data.length) };
}

/** @param most bytes of all values together: more can only be when they share bytes. */
function readValues(code: number, readers: readonly ByteReader[], most: number): ClaimValues {
  let read = 0;
  const all = <T>(readOne: (reader: ByteReader) => T): T[] =>
    readers.map((reader) => {
      const start = reader.at;
      const value = readOne(reader);
      read += reader.at - start;
      if (read > most) throw invalidAcl(start, 'values that share no bytes', 'overlapping ones');
      return value;
    });
  const type = TYPE_NAMES.get(code);
  switch (type) {
    case undefined:
      throw invalidAcl(4, 'a claim type of 1, 2, 3, 5, 6 or 16', `${code}`);
    case 'int':
      return { type, values: all((at) => at.int64()) };
    case 'uint':
      return { type, values: all((at) => BigInt.asUintN(64, at.int64())) };
    case 'bool':
      return { type, values: all((at) => at.int64() !== 0n) };
    case 'string':
      return { type, values: all(readText) };
    case 'sid':
      return { type, values: all(readSid) };
    case 'octets':
      return { type, values: all((at) => at.take(at.uint32()).slice()) };
  }
}

/** UTF-16 up to a zero. */
function readText(reader: ByteReader): string {
  const start = reader.at;
  while (reader.uint16() !== 0);
  return decodeUtf16(reader.bytes.subarray(start, reader.at - 2));
}

function readSid(reader: ByteReader): Sid {
  const at = reader.at;
  const bytes = reader.take(reader.uint32());
  const sid = decodeSid(bytes);
  if (sidLength(sid) !== bytes.length) throw invalidAcl(at, 'the length of the SID', `${bytes.length}`);
  return sid;
}
