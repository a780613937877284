import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';
import { writeUint16 } from '../bytes/little-endian.ts';
import type { Ace } from './ace.ts';
import { aceForm, hasObjectTypes } from './ace-form.ts';
import { aceLength, writeAce } from './encode-ace.ts';
import { ACL_HEADER, AclRevision, MAX_ACL_SIZE } from './layout.ts';

/**
 * How many bytes an ACL takes.
 * @throws WmisecError `ERROR_INVALID_ACL` when they are more than its size field can say.
 */
export function aclLength(aces: readonly Ace[]): number {
  let length = ACL_HEADER;
  for (const ace of aces) length += aceLength(ace);
  if (length <= MAX_ACL_SIZE) return length;
  const message = `expected an ACL of at most ${MAX_ACL_SIZE} bytes, got ${length}`;
  const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_ACL);
  throw new WmisecError('ERROR_INVALID_ACL', message, { hresult });
}

/** Writes an ACL with the lowest revision that fits and returns the offset behind it. */
export function writeAcl(bytes: Uint8Array, offset: number, aces: readonly Ace[]): number {
  const needsObjects = aces.some(({ type }) => hasObjectTypes(aceForm(type)));
  let at = offset + ACL_HEADER;
  for (const ace of aces) at = writeAce(bytes, at, ace);
  bytes[offset] = needsObjects ? AclRevision.Object : AclRevision.Plain;
  writeUint16(bytes, offset + 2, at - offset);
  writeUint16(bytes, offset + 4, aces.length);
  return at;
}
