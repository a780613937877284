import {
  filterToken,
  IntegrityLevel,
  logonToken,
  type PrivilegeName,
  type Sid,
  type Token,
  type TokenPrivilege,
  WellKnownSid,
} from '@wmisec/access';
import type { AccountRecord, UserRecord } from './account-records.ts';
import { BUILT_IN_GROUPS } from './built-in-groups.ts';

/** How a logon comes in, as far as the token hangs on it. */
export interface TokenFacts {
  readonly remote: boolean;
  /** Of an administrator on this machine. */
  readonly elevated: boolean;
  /** Leaves administrators of this machine what they are when they come from afar. @see docs/rules.md 8.6 */
  readonly localAccountTokenFilterPolicy: boolean;
}

/** Enabled from the start on this machine; others are held, and the process enables what it needs. */
const ENABLED_BY_DEFAULT: ReadonlySet<PrivilegeName> = new Set<PrivilegeName>([
  'SeChangeNotifyPrivilege',
  'SeImpersonatePrivilege',
  'SeCreateGlobalPrivilege',
]);

/**
 * The token that a logon gives. From afar an administrator of this machine comes without the rights of one, unless
 * the policy says otherwise; one of a domain is not filtered.
 * @param accounts all there are, for groups in groups.
 * @see docs/rules.md 8.6, 12.5
 */
export function accountToken(
  user: UserRecord,
  accounts: readonly AccountRecord[],
  { remote, elevated, localAccountTokenFilterPolicy }: TokenFacts,
): Token {
  const groups = allGroups(user, accounts);
  const isAdministrator = groups.includes(WellKnownSid.Administrators);
  const token = logonToken(
    {
      user: user.sid,
      groups: [...groups, ...localAccountGroups(user, isAdministrator)],
      privileges: heldPrivileges(user, groups),
      integrity: isAdministrator ? IntegrityLevel.High : IntegrityLevel.Medium,
    },
    { remote },
  );
  const isFiltered = remote ? user.domain === null && !localAccountTokenFilterPolicy : !elevated;
  return isAdministrator && isFiltered ? filterToken(token) : token;
}

function allGroups(user: UserRecord, accounts: readonly AccountRecord[]): Sid[] {
  const bySid = new Map(accounts.map((account) => [account.sid, account]));
  const found = new Set<Sid>(user.memberOf);
  // A set gives what is added while it is walked, each once: circles end.
  for (const sid of found) for (const above of bySid.get(sid)?.memberOf ?? []) found.add(above);
  return [...found];
}

/** @see [MS-DTYP] 2.4.2.4, LOCAL_ACCOUNT and LOCAL_ACCOUNT_AND_MEMBER_OF_ADMINISTRATORS_GROUP */
function localAccountGroups({ domain }: UserRecord, isAdministrator: boolean): Sid[] {
  if (domain !== null) return [];
  return isAdministrator
    ? [WellKnownSid.LocalAccount, WellKnownSid.LocalAccountAndAdministrator]
    : [WellKnownSid.LocalAccount];
}

function heldPrivileges({ privileges }: UserRecord, groups: readonly Sid[]): TokenPrivilege[] {
  const ofGroups = BUILT_IN_GROUPS.filter(({ sid }) => groups.includes(sid)).flatMap((g) => g.privileges);
  const names = [...new Set([...privileges, ...ofGroups])];
  return names.map((name) => ({ name, enabled: ENABLED_BY_DEFAULT.has(name) }));
}
