import type { Ace } from '../descriptor/ace.ts';
import { isSystemType } from '../descriptor/ace-form.ts';
import { type Acl, NULL_ACL } from '../descriptor/security-descriptor.ts';
import { readAce } from './read-ace.ts';
import type { SddlCursor } from './sddl-cursor.ts';

/** The flags in front of the entries of an ACL. */
export const AclFlag = { Protected: 1, AutoInheritReq: 2, AutoInherited: 4 } as const;

const NULL_WORD = 'NO_ACCESS_CONTROL';
const OPEN = 0x28;
const LOWER = 0x20;
const SMALL_A = 0x61;
const SMALL_I = 0x69;
const SMALL_N = 0x6e;
const SMALL_P = 0x70;
const SMALL_R = 0x72;

export interface FlaggedAcl {
  /** A mask of `AclFlag`. */
  readonly flags: number;
  readonly acl: Acl;
}

/**
 * Reads what follows `D:` or `S:`: flags, then entries; blanks may stand between them. As in Windows, a DACL
 * takes no entries of a system type, such as AU.
 */
export function readAcl(cursor: SddlCursor, kind: 'dacl' | 'sacl'): FlaggedAcl {
  let flags = 0;
  let isNull = false;
  for (cursor.skipBlanks(); ; cursor.skipBlanks()) {
    const flag = readFlag(cursor);
    if (flag !== 0) flags |= flag;
    else if (takesNullWord(cursor)) isNull = true;
    else break;
  }
  const aces: Ace[] = [];
  for (; cursor.peek() === OPEN; cursor.skipBlanks()) {
    const start = cursor.at;
    const ace = readAce(cursor);
    if (kind === 'dacl' && isSystemType(ace.type)) throw cursor.error(start, 'an ACE of a type for DACLs');
    aces.push(ace);
  }
  if (!isNull) return { flags, acl: { kind: 'list', aces } };
  if (aces.length > 0) throw cursor.error(cursor.at, 'no entries beside NO_ACCESS_CONTROL');
  return { flags, acl: NULL_ACL };
}

/** Passes a flag and returns it; 0 when there is none. */
function readFlag(cursor: SddlCursor): number {
  const first = cursor.peek() | LOWER;
  if (first === SMALL_P) {
    cursor.at++;
    return AclFlag.Protected;
  }
  if (first !== SMALL_A) return 0;
  const second = cursor.text.charCodeAt(cursor.at + 1) | LOWER;
  if (second !== SMALL_I && second !== SMALL_R) throw cursor.error(cursor.at, 'an ACL flag: P, AI or AR');
  cursor.at += 2;
  return second === SMALL_I ? AclFlag.AutoInherited : AclFlag.AutoInheritReq;
}

function takesNullWord(cursor: SddlCursor): boolean {
  const { text, at } = cursor;
  if ((cursor.peek() | LOWER) !== SMALL_N) return false;
  if (text.slice(at, at + NULL_WORD.length).toUpperCase() !== NULL_WORD) throw cursor.error(at, NULL_WORD);
  cursor.at += NULL_WORD.length;
  return true;
}
