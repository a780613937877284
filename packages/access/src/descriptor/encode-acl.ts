import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';
import { writeUint16 } from '../bytes/little-endian.ts';
import type { Ace } from './ace.ts';
import { aceForm, hasObjectTypes } from './ace-form.ts';
import { encodeTail } from './ace-tail.ts';
import { aceLength, writeAce } from './encode-ace.ts';
import { ACL_HEADER, AclRevision, MAX_ACL_SIZE } from './layout.ts';

/**
 * The bytes of an ACL, with the lowest revision that fits.
 * @throws WmisecError `ERROR_INVALID_ACL` when they are more than its size field can say, ParseError
 * `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.5
 */
export function encodeAcl(aces: readonly Ace[]): Uint8Array {
  const tails = aces.map(encodeTail);
  let length = ACL_HEADER;
  for (let i = 0; i < aces.length; i++) length += aceLength(aces[i]!, tails[i]);
  if (length > MAX_ACL_SIZE) throw tooLarge(length);
  const bytes = new Uint8Array(length);
  bytes[0] = aces.some(needsObjectRevision) ? AclRevision.Object : AclRevision.Plain;
  writeUint16(bytes, 2, length);
  writeUint16(bytes, 4, aces.length);
  let at = ACL_HEADER;
  for (let i = 0; i < aces.length; i++) at = writeAce(bytes, at, aces[i]!, tails[i]);
  return bytes;
}

function needsObjectRevision({ type }: Ace): boolean {
  return hasObjectTypes(aceForm(type));
}

function tooLarge(length: number): WmisecError {
  const message = `ACL: expected at most ${MAX_ACL_SIZE} bytes, got ${length}`;
  const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_ACL);
  return new WmisecError('ERROR_INVALID_ACL', message, { hresult });
}
