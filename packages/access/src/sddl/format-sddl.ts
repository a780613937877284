import { type Acl, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { formatAce } from './format-ace.ts';
import { formatSid } from './format-sid.ts';
import type { SddlOptions } from './parse-sddl.ts';

/**
 * A security descriptor in SDDL as Windows prints it. Control bits other than protected, auto-inherited and
 * auto-inherit-req are not part of SDDL and are left out.
 * @throws WmisecError `SDDL_INEXPRESSIBLE` when an ACE has no words in SDDL.
 * @see [MS-DTYP] 2.5.1, docs/rules.md 12.1
 */
export function formatSddl(descriptor: SecurityDescriptor, { domain }: SddlOptions = {}): string {
  const { owner, group, dacl, sacl, control } = descriptor;
  const principal = (tag: string, sid: Sid | null) =>
    sid === null ? '' : `${tag}:${formatSid(sid, domain)}`;
  const acls = formatAcl('D', dacl, control, domain) + formatAcl('S', sacl, control >>> 1, domain);
  return principal('O', owner) + principal('G', group) + acls;
}

/** @param control with the bits of a DACL; those of a SACL are one bit higher each. */
function formatAcl(tag: string, acl: Acl, control: number, domain: Sid | undefined): string {
  if (acl.kind === 'absent') return '';
  const flags =
    ((control & Control.DaclProtected) !== 0 ? 'P' : '') +
    ((control & Control.DaclAutoInheritReq) !== 0 ? 'AR' : '') +
    ((control & Control.DaclAutoInherited) !== 0 ? 'AI' : '');
  if (acl.kind === 'null') return `${tag}:${flags}NO_ACCESS_CONTROL`;
  return `${tag}:${flags}${acl.aces.map((ace) => formatAce(ace, domain)).join('')}`;
}
