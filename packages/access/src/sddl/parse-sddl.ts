import { ABSENT_ACL, type Acl, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { AclFlag, readAcl } from './read-acl.ts';
import { readSid } from './read-sid.ts';
import { SddlCursor } from './sddl-cursor.ts';

export interface SddlOptions {
  /** The SID of the domain, or of the machine, that aliases such as `DA` and `LA` belong to. */
  readonly domain?: Sid | undefined;
}

const OWNER = 0x4f;
const GROUP = 0x47;
const DACL = 0x44;
const SACL = 0x53;
const COLON = 0x3a;

/**
 * Reads a security descriptor in SDDL as Windows does: the tags `O: G: D: S:` are case-sensitive and come in any
 * order, each once at most; types, flags, rights, aliases and SIDs may be in small letters; blanks may stand
 * between parts and around SIDs.
 * @throws ParseError `INVALID_SDDL` with the offset, what was expected and what came.
 * @see [MS-DTYP] 2.5.1, docs/rules.md 12.1
 */
export function parseSddl(text: string, { domain }: SddlOptions = {}): SecurityDescriptor {
  const cursor = new SddlCursor(text, domain);
  let owner: Sid | null = null;
  let group: Sid | null = null;
  let dacl: Acl = ABSENT_ACL;
  let sacl: Acl = ABSENT_ACL;
  let control: number = Control.SelfRelative;
  for (cursor.skipBlanks(); cursor.at < text.length; cursor.skipBlanks()) {
    const start = cursor.at;
    const tag = readTag(cursor);
    if (tag === OWNER && owner === null) owner = readPrincipal(cursor);
    else if (tag === GROUP && group === null) group = readPrincipal(cursor);
    else if (tag === DACL && dacl.kind === 'absent') {
      const { acl, flags } = readAcl(cursor, 'dacl');
      dacl = acl;
      control |= Control.DaclPresent | daclControl(flags);
    } else if (tag === SACL && sacl.kind === 'absent') {
      const { acl, flags } = readAcl(cursor, 'sacl');
      sacl = acl;
      control |= Control.SaclPresent | (daclControl(flags) << 1);
    } else throw cursor.error(start, 'O:, G:, D: or S:, each once');
  }
  return { owner, group, dacl, sacl, control };
}

function readTag(cursor: SddlCursor): number {
  const tag = cursor.text.charCodeAt(cursor.at);
  if (cursor.text.charCodeAt(cursor.at + 1) !== COLON) throw cursor.error(cursor.at, 'O:, G:, D: or S:');
  cursor.at += 2;
  return tag;
}

function readPrincipal(cursor: SddlCursor): Sid {
  cursor.skipBlanks();
  return readSid(cursor);
}

/** The control bits of a DACL; those of a SACL are one bit higher each. */
function daclControl(flags: number): number {
  return (
    ((flags & AclFlag.Protected) !== 0 ? Control.DaclProtected : 0) |
    ((flags & AclFlag.AutoInheritReq) !== 0 ? Control.DaclAutoInheritReq : 0) |
    ((flags & AclFlag.AutoInherited) !== 0 ? Control.DaclAutoInherited : 0)
  );
}
