import { ByteWriter } from '../bytes/byte-writer.ts';
import { encodeSid } from '../sid/encode-sid.ts';
import type { ClaimAttribute, ClaimValues } from './claim-attribute.ts';
import { CLAIM_HEADER, CLAIM_TYPES } from './claim-layout.ts';

/**
 * The application data of a resource attribute as Windows lays it out: header, offsets, name, values one
 * behind the other; padded with zeros to a multiple of 4.
 * @throws ParseError `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.10.1
 */
export function encodeClaim(claim: ClaimAttribute): Uint8Array {
  const out = new ByteWriter();
  const count = claim.values.length;
  out.uint32(CLAIM_HEADER + 4 * count);
  out.uint16(CLAIM_TYPES[claim.type]).uint16(0);
  out.uint32(claim.flags ?? 0).uint32(count);
  for (let i = 0; i < count; i++) out.uint32(0);
  writeText(out, claim.name);
  for (const [i, write] of valueWriters(claim).entries()) {
    out.setUint32(CLAIM_HEADER + 4 * i, out.length);
    write(out);
  }
  return out.padded();
}

function valueWriters(claim: ClaimValues): ((out: ByteWriter) => ByteWriter)[] {
  switch (claim.type) {
    case 'int':
    case 'uint':
      return claim.values.map((value) => (out) => out.int64(value));
    case 'bool':
      return claim.values.map((value) => (out) => out.int64(value ? 1n : 0n));
    case 'string':
      return claim.values.map((value) => (out) => writeText(out, value));
    case 'sid':
      return claim.values.map((value) => (out) => writeBytes(out, encodeSid(value)));
    case 'octets':
      return claim.values.map((value) => (out) => writeBytes(out, value));
  }
}

function writeText(out: ByteWriter, text: string): ByteWriter {
  return out.utf16(text).uint16(0);
}

function writeBytes(out: ByteWriter, bytes: Uint8Array): ByteWriter {
  return out.uint32(bytes.length).put(bytes);
}
