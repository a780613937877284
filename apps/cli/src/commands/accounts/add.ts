import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import { readPassword } from '../../session/read-password.ts';
import {
  fullName,
  type NamedOptions,
  withAccounts,
  withNameOptions,
  withPasswordOption,
} from './account-options.ts';

interface AddOptions extends NamedOptions {
  readonly group: readonly string[];
  readonly ntlm: boolean;
}

export function addCommand(io: Io): Command {
  const command = new Command('add')
    .description('add a user')
    .option('--group <name>', 'a group to be in; may be given several times', collect, [])
    .option('--no-ntlm', 'keep no NT hash, so that the user cannot come over NTLM');
  return withPasswordOption(withNameOptions(command)).action((name, options) => add(name, options, io));
}

async function add(name: string, options: AddOptions, io: Io): Promise<void> {
  const password = await readPassword(io.stdin);
  const { group: groups, ntlm } = options;
  const account = await withAccounts(
    options,
    (accounts) => accounts.addUser({ name: fullName(name, options), password, groups, ntlm }),
    { create: true },
  );
  await write(io.stdout, `added ${account.domain}\\${account.name} ${account.sid}\n`);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
