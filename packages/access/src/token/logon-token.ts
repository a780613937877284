import type { Sid } from '../sid/sid.ts';
import { asGroup } from './group-membership.ts';
import { IntegrityLevel, type Token, type TokenPrivilege } from './token.ts';

const ANONYMOUS: Sid = 'S-1-5-7';
const EVERYONE: Sid = 'S-1-1-0';
const AUTHENTICATED_USERS: Sid = 'S-1-5-11';
const NETWORK: Sid = 'S-1-5-2';
const INTERACTIVE: Sid = 'S-1-5-4';

export interface Logon {
  /** Over the network. */
  readonly remote: boolean;
}

/**
 * What a logon adds to an account's own SIDs: Everyone and Authenticated Users, which an anonymous caller does
 * not get, and NETWORK or INTERACTIVE. Over the network all privileges that are held arrive enabled.
 * @see docs/rules.md 12.5, 7.1
 */
export function logonToken(account: Token, { remote }: Logon): Token {
  const anonymous = asGroup(account.user).sid === ANONYMOUS;
  const common = anonymous ? [] : [EVERYONE, AUTHENTICATED_USERS];
  return {
    ...account,
    groups: withGroups(account, [...common, remote ? NETWORK : INTERACTIVE]),
    ...(remote && { privileges: allEnabled(account) }),
    ...(anonymous && { integrity: IntegrityLevel.Untrusted }),
  };
}

function withGroups({ groups = [] }: Token, added: readonly Sid[]): NonNullable<Token['groups']> {
  const held = new Set(groups.map((group) => asGroup(group).sid));
  return [...groups, ...added.filter((sid) => !held.has(sid))];
}

function allEnabled({ privileges = [] }: Token): TokenPrivilege[] {
  return privileges.map((privilege) => ({
    name: typeof privilege === 'string' ? privilege : privilege.name,
    enabled: true,
  }));
}
