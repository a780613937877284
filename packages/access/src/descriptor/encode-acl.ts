import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';
import { writeUint16 } from '../bytes/little-endian.ts';
import type { Ace } from './ace.ts';
import { aceForm, hasObjectTypes } from './ace-form.ts';
import { encodeTail } from './ace-tail.ts';
import { aceLength, writeAce } from './encode-ace.ts';
import { ACL_HEADER, AclRevision, MAX_ACL_SIZE } from './layout.ts';

/** The entries of an ACL with all that must be known of them before the first byte is written. */
export interface AclDraft {
  readonly aces: readonly Ace[];
  readonly tails: readonly (Uint8Array | undefined)[];
  /** Of the whole ACL, in bytes. */
  readonly length: number;
}

/**
 * @throws WmisecError `ERROR_INVALID_ACL` when the ACL would have more bytes than its size field can say,
 * ParseError `ERROR_INVALID_SID`
 */
export function draftAcl(aces: readonly Ace[]): AclDraft {
  const tails: (Uint8Array | undefined)[] = [];
  let length = ACL_HEADER;
  for (const ace of aces) {
    const tail = encodeTail(ace);
    tails.push(tail);
    length += aceLength(ace, tail);
  }
  if (length > MAX_ACL_SIZE) throw tooLarge(length);
  return { aces, tails, length };
}

/**
 * Writes an ACL with the lowest revision that fits and returns the offset behind it.
 * @throws ParseError `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.5
 */
export function writeAcl(bytes: Uint8Array, offset: number, { aces, tails, length }: AclDraft): number {
  bytes[offset] = aces.some(needsObjectRevision) ? AclRevision.Object : AclRevision.Plain;
  writeUint16(bytes, offset + 2, length);
  writeUint16(bytes, offset + 4, aces.length);
  let at = offset + ACL_HEADER;
  for (let i = 0; i < aces.length; i++) at = writeAce(bytes, at, aces[i]!, tails[i]);
  return at;
}

function needsObjectRevision({ type }: Ace): boolean {
  return hasObjectTypes(aceForm(type));
}

function tooLarge(length: number): WmisecError {
  const message = `ACL: expected at most ${MAX_ACL_SIZE} bytes, got ${length}`;
  const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_ACL);
  return new WmisecError('ERROR_INVALID_ACL', message, { hresult });
}
