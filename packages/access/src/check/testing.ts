import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import { ABSENT_ACL, type Acl, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { GroupAttributes, type Token, type TokenGroup } from '../token/token.ts';

/** Words in which tests speak about checks. */

export const EVERYONE: Sid = 'S-1-1-0';
const LS: Sid = 'S-1-5-19';
const NS: Sid = 'S-1-5-20';
export const AU: Sid = 'S-1-5-11';
export const BA: Sid = 'S-1-5-32-544';
export const SY: Sid = 'S-1-5-18';
export const OW: Sid = 'S-1-3-4';
export const PS: Sid = 'S-1-5-10';
export const USER: Sid = 'S-1-5-21-1-2-3-1000';

export const MAXIMUM_ALLOWED = 0x02000000;
export const ACCESS_SYSTEM_SECURITY = 0x01000000;
export const WRITE_OWNER = 0x80000;

export const DENIED = { granted: false, mask: 0 };
export const granted = (mask: number) => ({ granted: true, mask });

export function allow(mask: number, sid: Sid, more: Partial<Ace> = {}): Ace {
  return { type: AceType.AccessAllowed, flags: 0, mask, sid, ...more };
}

export function deny(mask: number, sid: Sid, more: Partial<Ace> = {}): Ace {
  return { type: AceType.AccessDenied, flags: 0, mask, sid, ...more };
}

export const inheritOnly = { flags: AceFlags.InheritOnly | AceFlags.ContainerInherit };

export function label(level: number, policy: number): Ace {
  return { type: AceType.SystemMandatoryLabel, flags: 0, mask: policy, sid: `S-1-16-${level}` };
}

export const denyOnly = (sid: Sid): TokenGroup => ({ sid, attributes: GroupAttributes.UseForDenyOnly });
export const disabled = (sid: Sid): TokenGroup => ({ sid, attributes: 0 });

export function token(...groups: (Sid | TokenGroup)[]): Token {
  return { user: USER, groups };
}

export function withDacl(dacl: Acl, owner: Sid = SY): SecurityDescriptor {
  return { owner, group: SY, dacl, sacl: ABSENT_ACL, control: 0 };
}

/** A descriptor with these entries. */
export function sd(owner: Sid, ...aces: Ace[]): SecurityDescriptor {
  return withDacl({ kind: 'list', aces }, owner);
}

export function withSacl(descriptor: SecurityDescriptor, ...aces: Ace[]): SecurityDescriptor {
  return { ...descriptor, sacl: { kind: 'list', aces } };
}

/** The descriptor of `root` on a new machine. @see docs/rules.md 9.2 */
export const DEFAULT_NAMESPACE = sd(
  BA,
  allow(0x6003f, BA, { flags: 2 }),
  allow(0x13, NS, { flags: 2 }),
  allow(0x13, LS, { flags: 2 }),
  allow(0x13, AU, { flags: 2 }),
);
