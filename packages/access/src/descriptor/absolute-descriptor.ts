import { readUint16, readUint32, writeUint16 } from '../bytes/little-endian.ts';
import { decodeSid } from '../sid/decode-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { SID_HEADER } from '../sid/sid-limits.ts';
import { decodeAcl } from './decode-acl.ts';
import { invalidDescriptor } from './descriptor-error.ts';
import { encodeSecurityDescriptor } from './encode-security-descriptor.ts';
import { ACL_HEADER, DESCRIPTOR_REVISION, Relative } from './layout.ts';
import { ABSENT_ACL, type Acl, Control, NULL_ACL, type SecurityDescriptor } from './security-descriptor.ts';

/** Copies `length` bytes of memory; throws when it cannot. */
export type ReadMemory = (address: bigint, length: number) => Uint8Array;

/** Offsets in `SECURITY_DESCRIPTOR` of 64-bit Windows, in bytes. @see docs/rules.md 10.4 */
const Absolute = { Revision: 0, Sbz1: 1, Control: 2, Owner: 8, Group: 16, Sacl: 24, Dacl: 32 } as const;

const ABSOLUTE_HEADER = 40;

/**
 * Reads an absolute descriptor of 64-bit Windows: a header whose parts are pointers.
 * @param read is asked for what the headers announce, never for more than 64 KB at once.
 * @throws ParseError as `decodeSecurityDescriptor`, with offsets in the part that is wrong; and what `read` throws.
 * @see docs/rules.md 10.4
 */
export function decodeAbsoluteDescriptor(read: ReadMemory, address: bigint): SecurityDescriptor {
  const header = exactly(read(address, ABSOLUTE_HEADER), ABSOLUTE_HEADER);
  const revision = header[Absolute.Revision];
  if (revision !== DESCRIPTOR_REVISION)
    throw invalidDescriptor(Absolute.Revision, 'revision 1', `${revision}`);
  const control = readUint16(header, Absolute.Control);
  if ((control & Control.SelfRelative) !== 0) {
    throw invalidDescriptor(Absolute.Control, 'an absolute descriptor', 'a self-relative one');
  }
  return {
    owner: readSidAt(read, pointerAt(header, Absolute.Owner)),
    group: readSidAt(read, pointerAt(header, Absolute.Group)),
    dacl: readAclAt(read, pointerAt(header, Absolute.Dacl), (control & Control.DaclPresent) !== 0),
    sacl: readAclAt(read, pointerAt(header, Absolute.Sacl), (control & Control.SaclPresent) !== 0),
    control,
    ...((control & Control.RmControlValid) !== 0 && { resourceManagerControl: header[Absolute.Sbz1]! }),
  };
}

/**
 * The absolute form of a descriptor for 64-bit Windows, its parts behind its header, with pointers that hold when
 * the bytes are put at `address`.
 * @throws as `encodeSecurityDescriptor`
 * @see docs/rules.md 10.4
 */
export function encodeAbsoluteDescriptor(descriptor: SecurityDescriptor, address: bigint): Uint8Array {
  const relative = encodeSecurityDescriptor(descriptor);
  const bytes = new Uint8Array(ABSOLUTE_HEADER + relative.length);
  bytes.set(relative, ABSOLUTE_HEADER);
  bytes[Absolute.Revision] = DESCRIPTOR_REVISION;
  bytes[Absolute.Sbz1] = relative[Relative.Sbz1]!;
  writeUint16(bytes, Absolute.Control, readUint16(relative, Relative.Control) & ~Control.SelfRelative);
  const view = new DataView(bytes.buffer);
  for (const part of ['Owner', 'Group', 'Sacl', 'Dacl'] as const) {
    const offset = readUint32(relative, Relative[part]);
    const pointer = offset === 0 ? 0n : address + BigInt(ABSOLUTE_HEADER + offset);
    view.setBigUint64(Absolute[part], pointer, true);
  }
  return bytes;
}

function readSidAt(read: ReadMemory, pointer: bigint): Sid | null {
  if (pointer === 0n) return null;
  const header = exactly(read(pointer, SID_HEADER), SID_HEADER);
  const length = SID_HEADER + 4 * header[1]!;
  return decodeSid(exactly(read(pointer, length), length));
}

function readAclAt(read: ReadMemory, pointer: bigint, present: boolean): Acl {
  if (!present) return ABSENT_ACL;
  if (pointer === 0n) return NULL_ACL;
  const header = exactly(read(pointer, ACL_HEADER), ACL_HEADER);
  const length = Math.max(ACL_HEADER, readUint16(header, 2));
  return { kind: 'list', aces: decodeAcl(exactly(read(pointer, length), length), 0) };
}

function pointerAt(header: Uint8Array, offset: number): bigint {
  return (BigInt(readUint32(header, offset + 4)) << 32n) | BigInt(readUint32(header, offset));
}

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw invalidDescriptor(0, `${length} bytes of memory`, `${bytes.length}`);
  return bytes;
}
