import { readUint16, readUint32 } from '../bytes/little-endian.ts';
import { decodeSid } from '../sid/decode-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { decodeAcl } from './decode-acl.ts';
import { invalidDescriptor } from './descriptor-error.ts';
import { DESCRIPTOR_REVISION, RELATIVE_HEADER, Relative } from './layout.ts';
import { ABSENT_ACL, type Acl, Control, NULL_ACL, type SecurityDescriptor } from './security-descriptor.ts';

/**
 * Reads a self-relative security descriptor. Its parts may come in any order and overlap; bytes that no part
 * uses are not looked at.
 * @throws ParseError `ERROR_INVALID_SECURITY_DESCR`, `ERROR_INVALID_ACL` or `ERROR_INVALID_SID`, with the
 * offset in `bytes`.
 * @see [MS-DTYP] 2.4.6, docs/rules.md 12.4
 */
export function decodeSecurityDescriptor(bytes: Uint8Array): SecurityDescriptor {
  const control = checkedControl(bytes);
  const owner = decodeSidAt(bytes, Relative.Owner);
  const group = decodeSidAt(bytes, Relative.Group);
  const sacl = decodeAclAt(bytes, Relative.Sacl, (control & Control.SaclPresent) !== 0);
  const dacl = decodeAclAt(bytes, Relative.Dacl, (control & Control.DaclPresent) !== 0);
  if ((control & Control.RmControlValid) === 0) return { owner, group, dacl, sacl, control };
  return { owner, group, dacl, sacl, control, resourceManagerControl: bytes[Relative.Sbz1]! };
}

function checkedControl(bytes: Uint8Array): number {
  if (bytes.length < RELATIVE_HEADER) {
    throw invalidDescriptor(0, `at least ${RELATIVE_HEADER} bytes`, `${bytes.length}`);
  }
  const revision = bytes[Relative.Revision];
  if (revision !== DESCRIPTOR_REVISION)
    throw invalidDescriptor(Relative.Revision, 'revision 1', `${revision}`);
  const control = readUint16(bytes, Relative.Control);
  if ((control & Control.SelfRelative) === 0) {
    throw invalidDescriptor(Relative.Control, 'the self-relative bit', `control 0x${control.toString(16)}`);
  }
  return control;
}

function decodeSidAt(bytes: Uint8Array, field: number): Sid | null {
  const offset = partOffset(bytes, field);
  return offset === 0 ? null : decodeSid(bytes, offset);
}

function decodeAclAt(bytes: Uint8Array, field: number, present: boolean): Acl {
  if (!present) return ABSENT_ACL;
  const offset = partOffset(bytes, field);
  return offset === 0 ? NULL_ACL : { kind: 'list', aces: decodeAcl(bytes, offset) };
}

/** An offset from the header, 0 for a part that is not there. */
function partOffset(bytes: Uint8Array, field: number): number {
  const offset = readUint32(bytes, field);
  if (offset !== 0 && (offset < RELATIVE_HEADER || offset >= bytes.length)) {
    throw invalidDescriptor(
      field,
      `an offset of 0, or from ${RELATIVE_HEADER} up and below ${bytes.length}`,
      `${offset}`,
    );
  }
  return offset;
}
