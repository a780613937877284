import { GUID_SIZE, readGuid } from '../bytes/guid-bytes.ts';
import { readUint32 } from '../bytes/little-endian.ts';
import { decodeSid } from '../sid/decode-sid.ts';
import { WellKnownSid } from '../sid/well-known-sid.ts';
import type { Ace, AceType } from './ace.ts';
import { type AceForm, aceForm, hasObjectTypes, ObjectFlags } from './ace-form.ts';
import { decodeTail } from './ace-tail.ts';
import { invalidAcl } from './descriptor-error.ts';

const HEADER = 4;
const MASK_END = 8;

/**
 * Reads one ACE whose size has been checked.
 * @throws ParseError `ERROR_INVALID_ACL` or `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.4
 */
export function decodeAce(bytes: Uint8Array, offset: number, end: number): Ace {
  const type = bytes[offset]! as AceType;
  const flags = bytes[offset + 1]!;
  const form = aceForm(type);
  if (form === 'opaque') {
    return { type, flags, mask: 0, sid: WellKnownSid.Null, data: bytes.slice(offset + HEADER, end) };
  }
  const mask = readUint32(bytes, offset + HEADER);
  if (hasObjectTypes(form)) return decodeObjectAce(bytes, offset, end, { type, flags, mask }, form);
  const sidOffset = offset + MASK_END;
  const sid = decodeSid(bytes, sidOffset, end);
  const rest = sidOffset + 8 + 4 * bytes[sidOffset + 1]!;
  if (rest === end) return { type, flags, mask, sid };
  return { type, flags, mask, sid, ...decodeTail(form, bytes.subarray(rest, end)) };
}

function decodeObjectAce(
  bytes: Uint8Array,
  offset: number,
  end: number,
  head: Pick<Ace, 'type' | 'flags' | 'mask'>,
  form: AceForm,
): Ace {
  const present = readUint32(bytes, offset + MASK_END);
  let at = offset + MASK_END + 4;
  const guid = (bit: number) => {
    if ((present & bit) === 0) return undefined;
    if (at + GUID_SIZE > end) throw invalidAcl(at, 'a GUID inside of its ACE', `${end - at} bytes`);
    at += GUID_SIZE;
    return readGuid(bytes, at - GUID_SIZE);
  };
  const objectType = guid(ObjectFlags.ObjectType);
  const inheritedObjectType = guid(ObjectFlags.InheritedObjectType);
  const sid = decodeSid(bytes, at, end);
  const rest = at + 8 + 4 * bytes[at + 1]!;
  return {
    ...head,
    sid,
    ...(objectType !== undefined && { objectType }),
    ...(inheritedObjectType !== undefined && { inheritedObjectType }),
    ...(rest !== end && decodeTail(form, bytes.subarray(rest, end))),
  };
}
