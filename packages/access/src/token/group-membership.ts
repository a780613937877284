import type { Sid } from '../sid/sid.ts';
import { GroupAttributes, type TokenGroup } from './token.ts';

/** What a SID of a token is good for, a mask. A disabled group is good for nothing: 0. */
export const Membership = { Allow: 0x1, Deny: 0x2 } as const;

/** A SID written bare is an enabled group. */
export function asGroup(group: Sid | TokenGroup): TokenGroup {
  return typeof group === 'string' ? { sid: group, attributes: GroupAttributes.Enabled } : group;
}

/**
 * Which entries a group matches: an enabled one matches all, a deny-only one those that deny.
 * @see https://learn.microsoft.com/windows/win32/secauthz/sid-attributes-in-an-access-token
 */
export function groupMembership({ attributes }: TokenGroup): number {
  if ((attributes & GroupAttributes.UseForDenyOnly) !== 0) return Membership.Deny;
  if ((attributes & GroupAttributes.Enabled) !== 0) return Membership.Allow | Membership.Deny;
  return 0;
}

/** Like `groupMembership` for the user of a token, who needs no attribute to be enabled. */
export function userMembership({ attributes }: TokenGroup): number {
  return (attributes & GroupAttributes.UseForDenyOnly) !== 0
    ? Membership.Deny
    : Membership.Allow | Membership.Deny;
}
