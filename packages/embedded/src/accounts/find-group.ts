import type { Sid } from '@wmisec/access';
import { sameName, WmisecError } from '@wmisec/wbem';
import type { RepositoryReader } from '../repository/repository.ts';
import type { AccountName } from './account-name.ts';
import { type AccountRecord, getAccount } from './account-records.ts';
import { BUILT_IN_GROUPS } from './built-in-groups.ts';

const BUILT_IN = 'BUILTIN';

/**
 * The SID of a group: of one that every machine has, or else of the domain that is named, or that the member is
 * of, or of this machine.
 * @throws WmisecError `ACCOUNT_NOT_FOUND`.
 */
export function findGroup(reader: RepositoryReader, group: AccountName, memberDomain: string | null): Sid {
  const { name, domain } = group;
  const builtIn = findBuiltInGroup(name);
  if (builtIn !== undefined && (domain === null || sameName(domain, BUILT_IN))) return builtIn;
  for (const each of domain === null ? [memberDomain, null] : [domain]) {
    const account = getAccount(reader, { name, domain: each });
    if (account?.kind === 'group') return account.sid;
  }
  throw new WmisecError('ACCOUNT_NOT_FOUND', `expected the name of a group, got ${shownName(group)}`);
}

export function findBuiltInGroup(name: string): Sid | undefined {
  return BUILT_IN_GROUPS.find((group) => sameName(group.name, name))?.sid;
}

/** For people: the name of a group, or its SID when it is gone. */
export function groupName(sid: Sid, accounts: readonly AccountRecord[]): string {
  const builtIn = BUILT_IN_GROUPS.find((group) => group.sid === sid);
  if (builtIn !== undefined) return builtIn.name;
  const account = accounts.find((each) => each.sid === sid);
  if (account === undefined) return sid;
  return account.domain === null ? account.name : `${account.domain}\\${account.name}`;
}

export function shownName({ domain, name }: AccountName): string {
  return JSON.stringify((domain === null ? name : `${domain}\\${name}`).slice(0, 80));
}
