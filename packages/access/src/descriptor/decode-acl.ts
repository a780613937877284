import { readUint16 } from '../bytes/little-endian.ts';
import type { Ace } from './ace.ts';
import { decodeAce } from './decode-ace.ts';
import { invalidAcl } from './descriptor-error.ts';
import { ACL_HEADER, AclRevision } from './layout.ts';

/** The smallest ACE: header, mask, and a SID without sub-authorities. */
const MIN_ACE = 16;

/**
 * Reads the entries of the ACL at an offset. An ACL may be larger than its entries; what is left over is not
 * looked at.
 * @throws ParseError `ERROR_INVALID_ACL` or `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.5, docs/rules.md 12.4
 */
export function decodeAcl(bytes: Uint8Array, offset: number): Ace[] {
  if (offset + ACL_HEADER > bytes.length) {
    throw invalidAcl(offset, `${ACL_HEADER} bytes of an ACL`, `${bytes.length - offset}`);
  }
  const revision = bytes[offset]!;
  const end = offset + readUint16(bytes, offset + 2);
  const count = readUint16(bytes, offset + 4);
  if (revision < AclRevision.Min || revision > AclRevision.Max) {
    throw invalidAcl(offset, 'ACL revision 2, 3 or 4', `${revision}`);
  }
  if (end < offset + ACL_HEADER || end > bytes.length) {
    throw invalidAcl(offset + 2, `an ACL size of 8 to ${bytes.length - offset}`, `${end - offset}`);
  }
  return decodeAces(bytes, offset + ACL_HEADER, end, count);
}

function decodeAces(bytes: Uint8Array, start: number, end: number, count: number): Ace[] {
  const aces: Ace[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + MIN_ACE > end)
      throw invalidAcl(at, `ACE ${i} of ${count} inside of the ACL`, `${end - at} bytes`);
    const size = readUint16(bytes, at + 2);
    if (size < MIN_ACE || size % 4 !== 0 || at + size > end) {
      throw invalidAcl(at + 2, `an ACE size of ${MIN_ACE} to ${end - at}, a multiple of 4`, `${size}`);
    }
    aces.push(decodeAce(bytes, at, at + size));
    at += size;
  }
  return aces;
}
