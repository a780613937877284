import type { Account } from './account.ts';
import type { AccountRecord } from './account-records.ts';
import { groupName } from './find-group.ts';

/** What is not secret of a record. */
export function showAccount(
  record: AccountRecord,
  context: {
    readonly accounts: readonly AccountRecord[];
    readonly machineName: string;
    readonly locked: boolean;
  },
): Account {
  const { kind, name, sid, memberOf } = record;
  const user = kind === 'user' ? record : null;
  return {
    kind,
    domain: record.domain ?? context.machineName,
    name,
    sid,
    groups: memberOf.map((each) => groupName(each, context.accounts)),
    enabled: user?.enabled ?? true,
    ntlm: user !== null && user.ntHash !== null,
    locked: context.locked,
    privileges: user?.privileges ?? [],
  };
}
