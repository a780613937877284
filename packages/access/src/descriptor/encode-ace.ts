import { GUID_SIZE, writeGuid } from '../bytes/guid-bytes.ts';
import { writeUint16, writeUint32 } from '../bytes/little-endian.ts';
import { sidLength, writeSid } from '../sid/encode-sid.ts';
import type { Ace } from './ace.ts';
import { aceForm, hasObjectTypes, ObjectFlags } from './ace-form.ts';

const HEADER = 4;
const MASK_END = 8;

/** How many bytes an ACE takes with what stands behind its SID: a multiple of 4. */
export function aceLength(ace: Ace, tail: Uint8Array | undefined): number {
  const form = aceForm(ace.type);
  const padded = tail === undefined ? 0 : (tail.length + 3) & ~3;
  if (form === 'opaque') return HEADER + padded;
  const objects = hasObjectTypes(form) ? 4 + GUID_SIZE * guidsOf(ace).length : 0;
  return MASK_END + objects + sidLength(ace.sid) + padded;
}

/**
 * Writes an ACE into zeroed bytes and returns the offset behind it.
 * @throws ParseError `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.4
 */
export function writeAce(bytes: Uint8Array, offset: number, ace: Ace, tail: Uint8Array | undefined): number {
  const form = aceForm(ace.type);
  const size = aceLength(ace, tail);
  bytes[offset] = ace.type;
  bytes[offset + 1] = ace.flags;
  writeUint16(bytes, offset + 2, size);
  let at = offset + HEADER;
  if (form !== 'opaque') {
    writeUint32(bytes, at, ace.mask);
    at += 4;
    if (hasObjectTypes(form)) at = writeObjectTypes(bytes, at, ace);
    at = writeSid(bytes, at, ace.sid);
  }
  if (tail !== undefined) bytes.set(tail, at);
  return offset + size;
}

function writeObjectTypes(bytes: Uint8Array, offset: number, ace: Ace): number {
  const objectType = ace.objectType === undefined ? 0 : ObjectFlags.ObjectType;
  const inherited = ace.inheritedObjectType === undefined ? 0 : ObjectFlags.InheritedObjectType;
  writeUint32(bytes, offset, objectType | inherited);
  let at = offset + 4;
  for (const guid of guidsOf(ace)) at = writeGuid(bytes, at, guid);
  return at;
}

function guidsOf({ objectType, inheritedObjectType }: Ace) {
  return [objectType, inheritedObjectType].filter((guid) => guid !== undefined);
}
