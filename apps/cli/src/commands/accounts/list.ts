import type { Account } from '@wmisec/embedded';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { type OutputOptions, withFormatOption } from '../../output/output-options.ts';
import { type Row, rowWriter } from '../../output/row-writer.ts';
import { type StoreOptions, withAccounts, withStoreOption } from './account-options.ts';

const COLUMNS = ['Account', 'Kind', 'State', 'Ntlm', 'Groups', 'Sid'];

export function listCommand(io: Io): Command {
  const command = new Command('list').description('list users and groups');
  return withFormatOption(withStoreOption(command)).action((options) => list(options, io));
}

async function list(options: StoreOptions & OutputOptions, io: Io): Promise<void> {
  const writer = rowWriter(options.format, io, COLUMNS);
  for (const account of await withAccounts(options, (accounts) => accounts.list()))
    await writer.row(accountRow(account));
  await writer.end();
}

function accountRow({ domain, name, kind, groups, sid, ...user }: Account): Row {
  const isUser = kind === 'user';
  return {
    Account: `${domain}\\${name}`,
    Kind: kind,
    State: isUser ? stateOf(user) : null,
    Ntlm: isUser ? user.ntlm : null,
    Groups: groups,
    Sid: sid,
  };
}

function stateOf({ enabled, locked }: Pick<Account, 'enabled' | 'locked'>): string {
  if (!enabled) return 'disabled';
  return locked ? 'locked' : 'enabled';
}
