import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { readPassword } from '../../session/read-password.ts';
import {
  fullName,
  type NamedOptions,
  withAccounts,
  withNameOptions,
  withPasswordOption,
} from './account-options.ts';

export function passwdCommand(io: Io): Command {
  const command = new Command('passwd').description('give a user another password, and end a lockout');
  return withPasswordOption(withNameOptions(command)).action((name, options) => passwd(name, options, io));
}

async function passwd(name: string, options: NamedOptions, io: Io): Promise<void> {
  const password = await readPassword(io.stdin);
  await withAccounts(options, (accounts) => accounts.setPassword(fullName(name, options), password));
}
