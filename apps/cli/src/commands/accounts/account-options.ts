import type { Accounts } from '@wmisec/embedded';
import type { Command } from 'commander';

export interface StoreOptions {
  readonly store: string;
}

export interface NamedOptions extends StoreOptions {
  readonly domain?: string;
}

/** For a verb that is about one account. */
export function withNameOptions(command: Command): Command {
  return withStoreOption(
    command.argument('<name>').option('--domain <name>', 'the domain of the account (default: this machine)'),
  );
}

export function withStoreOption(command: Command): Command {
  return command.requiredOption('--store <dir>', 'the directory of the store');
}

export function withPasswordOption(command: Command): Command {
  return command.requiredOption('--password-stdin', 'read the password from the first line of stdin');
}

export function fullName(name: string, { domain }: NamedOptions): string {
  return domain === undefined ? name : `${domain}\\${name}`;
}

/**
 * Opens the accounts of a store, also while a service runs on it, and closes it again.
 * @param options.create whether to make a store that is missing.
 */
export async function withAccounts<T>(
  { store }: StoreOptions,
  body: (accounts: Accounts) => T | Promise<T>,
  { create = false } = {},
): Promise<T> {
  const { lmdbRepository, openAccounts } = await import('@wmisec/embedded');
  await using repository = await lmdbRepository({ directory: store, create });
  return await body(openAccounts(repository));
}
