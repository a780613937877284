import { writeUint16, writeUint32 } from '../bytes/little-endian.ts';
import { sidLength, writeSid } from '../sid/encode-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { type AclDraft, draftAcl, writeAcl } from './encode-acl.ts';
import { DESCRIPTOR_REVISION, RELATIVE_HEADER, Relative } from './layout.ts';
import { type Acl, Control, type SecurityDescriptor } from './security-descriptor.ts';

/**
 * Writes a self-relative descriptor as Windows lays it out: header, SACL, DACL, owner, group, without gaps,
 * each ACL with the lowest revision that fits.
 * @throws ParseError `ERROR_INVALID_SID` or `INVALID_GUID` for what is none, WmisecError `ERROR_INVALID_ACL` for an ACL of
 * more than 65535 bytes.
 * @see [MS-DTYP] 2.4.6, docs/rules.md 12.4
 */
export function encodeSecurityDescriptor(descriptor: SecurityDescriptor): Uint8Array {
  const { owner, group } = descriptor;
  const sacl = draftPart(descriptor.sacl);
  const dacl = draftPart(descriptor.dacl);
  const length = RELATIVE_HEADER + sacl.length + dacl.length + sidSize(owner) + sidSize(group);
  const bytes = new Uint8Array(length);
  bytes[Relative.Revision] = DESCRIPTOR_REVISION;
  writeUint16(bytes, Relative.Control, controlInForce(descriptor));
  if ((descriptor.control & Control.RmControlValid) !== 0) {
    bytes[Relative.Sbz1] = descriptor.resourceManagerControl ?? 0;
  }
  let at = RELATIVE_HEADER;
  at = writeAclPart(bytes, Relative.Sacl, at, sacl);
  at = writeAclPart(bytes, Relative.Dacl, at, dacl);
  at = writeSidPart(bytes, Relative.Owner, at, owner);
  writeSidPart(bytes, Relative.Group, at, group);
  return bytes;
}

/** The control word as it is written: what the parts say goes before the bits that repeat it. */
function controlInForce({ control, dacl, sacl }: SecurityDescriptor): number {
  const others = control & ~(Control.DaclPresent | Control.SaclPresent);
  return (
    others |
    Control.SelfRelative |
    (dacl.kind === 'absent' ? 0 : Control.DaclPresent) |
    (sacl.kind === 'absent' ? 0 : Control.SaclPresent)
  );
}

const NOTHING: AclDraft = { aces: [], tails: [], length: 0 };

function draftPart(acl: Acl): AclDraft {
  return acl.kind === 'list' ? draftAcl(acl.aces) : NOTHING;
}

function sidSize(sid: Sid | null): number {
  return sid === null ? 0 : sidLength(sid);
}

function writeAclPart(bytes: Uint8Array, field: number, offset: number, acl: AclDraft): number {
  if (acl === NOTHING) return offset;
  writeUint32(bytes, field, offset);
  return writeAcl(bytes, offset, acl);
}

function writeSidPart(bytes: Uint8Array, field: number, offset: number, sid: Sid | null): number {
  if (sid === null) return offset;
  writeUint32(bytes, field, offset);
  return writeSid(bytes, offset, sid);
}
