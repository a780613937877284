import type { Accounts } from '@wmisec/embedded';
import { Command } from 'commander';
import { fullName, type NamedOptions, withAccounts, withNameOptions } from './account-options.ts';

export function removeCommand(): Command {
  return changeCommand('remove', 'remove a user or group', (accounts, name) => accounts.remove(name));
}

export function disableCommand(): Command {
  return changeCommand('disable', 'keep a user from logging on', (accounts, name) =>
    accounts.setEnabled(name, false),
  );
}

export function enableCommand(): Command {
  return changeCommand('enable', 'let a user log on again', (accounts, name) =>
    accounts.setEnabled(name, true),
  );
}

function changeCommand(
  verb: string,
  description: string,
  change: (accounts: Accounts, name: string) => Promise<void>,
): Command {
  const command = new Command(verb).description(description);
  return withNameOptions(command).action((name: string, options: NamedOptions) =>
    withAccounts(options, (accounts) => change(accounts, fullName(name, options))),
  );
}
