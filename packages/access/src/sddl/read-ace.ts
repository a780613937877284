import type { Guid } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import { type AceForm, aceForm, hasObjectTypes } from '../descriptor/ace-form.ts';
import type { Sid } from '../sid/sid.ts';
import { ACE_FLAGS, ACE_TYPES, TRUST_PROTECTED_WORD } from './ace-words.ts';
import { byLetterPair, letterPair, masksByLetterPair, pairOf } from './letter-pair.ts';
import { readClaim } from './read-claim.ts';
import { readCondition } from './read-condition.ts';
import { readGuid } from './read-guid.ts';
import { readRights } from './read-rights.ts';
import { readSid } from './read-sid.ts';
import type { SddlCursor } from './sddl-cursor.ts';

const TYPES = byLetterPair(ACE_TYPES);
const FLAGS = masksByLetterPair({ ...ACE_FLAGS, [TRUST_PROTECTED_WORD]: AceFlags.TrustProtectedFilter });
const ALIAS_LENGTH = 2;
const OPEN = 0x28;
const CLOSE = 0x29;
const SEMICOLON = 0x3b;
const LOWER = 0x20;
const SMALL_A = 0x61;
const SMALL_D = 0x64;

/**
 * Reads `(type;flags;rights;objectGuid;inheritGuid;sid)`, with `;(condition)` or `;(attribute)` where the type
 * has one. As in Windows, an OA without a GUID becomes an A.
 */
export function readAce(cursor: SddlCursor): Ace {
  cursor.expect(OPEN);
  const type = readType(cursor);
  cursor.expect(SEMICOLON);
  const flags = readFlags(cursor);
  cursor.expect(SEMICOLON);
  const mask = readRights(cursor);
  cursor.expect(SEMICOLON);
  const objectsAt = cursor.at;
  const objectType = readGuid(cursor);
  cursor.expect(SEMICOLON);
  const inheritedObjectType = readGuid(cursor);
  cursor.expect(SEMICOLON);
  const sid = readTrustee(cursor);
  const form = aceForm(type);
  const tail = form === 'plain' || form === 'object' ? undefined : readTail(cursor, form);
  cursor.expect(CLOSE);
  if (objectType === undefined && inheritedObjectType === undefined) {
    const plainType = type === AceType.AccessAllowedObject ? AceType.AccessAllowed : type;
    return tail === undefined ? { type: plainType, flags, mask, sid } : { type, flags, mask, sid, ...tail };
  }
  if (!hasObjectTypes(form)) throw cursor.error(objectsAt, 'no GUIDs in an ACE of this type');
  return { type, flags, mask, sid, ...objectMembers(objectType, inheritedObjectType), ...tail };
}

/** Reads the SID. As in Windows, blanks may follow an alias, but not a SID in numbers. */
function readTrustee(cursor: SddlCursor): Sid {
  cursor.skipBlanks();
  const start = cursor.at;
  const sid = readSid(cursor);
  if (cursor.at === start + ALIAS_LENGTH) cursor.skipBlanks();
  return sid;
}

/** Reads the condition or the resource attribute behind the SID. */
function readTail(cursor: SddlCursor, form: AceForm): Pick<Ace, 'condition'> | Pick<Ace, 'attribute'> {
  cursor.expect(SEMICOLON);
  cursor.skipBlanks();
  const tail = form === 'attribute' ? { attribute: readClaim(cursor) } : { condition: readCondition(cursor) };
  cursor.skipBlanks();
  return tail;
}

function objectMembers(objectType: Guid | undefined, inheritedObjectType: Guid | undefined) {
  return {
    ...(objectType !== undefined && { objectType }),
    ...(inheritedObjectType !== undefined && { inheritedObjectType }),
  };
}

function readType(cursor: SddlCursor): AceType {
  cursor.skipBlanks();
  const { text, at } = cursor;
  const isSingle = text.charCodeAt(at + 1) === SEMICOLON;
  const type = isSingle ? singleLetterType(text.charCodeAt(at)) : TYPES[letterPair(text, at)];
  if (type === undefined) throw cursor.error(at, 'an ACE type such as A or OA');
  cursor.at = isSingle ? at + 1 : at + 2;
  return type;
}

function singleLetterType(code: number): AceType | undefined {
  const letter = code | LOWER;
  if (letter === SMALL_A) return AceType.AccessAllowed;
  return letter === SMALL_D ? AceType.AccessDenied : undefined;
}

function readFlags(cursor: SddlCursor): number {
  cursor.skipBlanks();
  const { text } = cursor;
  let { at } = cursor;
  let flags = 0;
  for (let code = text.charCodeAt(at); code !== SEMICOLON; code = text.charCodeAt(at)) {
    const flag = FLAGS[pairOf(code, text.charCodeAt(at + 1))]!;
    if (flag === 0) throw cursor.error(at, 'an ACE flag such as CI, or ";"');
    flags |= flag;
    at += 2;
  }
  cursor.at = at;
  return flags;
}
