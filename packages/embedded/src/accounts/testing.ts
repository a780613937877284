import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { type Accounts, type AccountsOptions, openAccounts } from './accounts.ts';
import type { HashCost } from './password-hash.ts';

/** Hashes that cost nothing, for tests. */
export const CHEAP_HASH: HashCost = { N: 2, r: 1, p: 1 };

export const PASSWORD = 'correct horse';

export interface TestClock {
  now(): Date;
  advance(milliseconds: number): void;
}

export function testClock(): TestClock {
  let time = Date.UTC(2026, 0, 1);
  return {
    now: () => new Date(time),
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

export function testAccounts(
  options: AccountsOptions = {},
  repository: Repository = memoryRepository(),
): Accounts {
  return openAccounts(repository, { machineName: 'HOST', hashCost: CHEAP_HASH, ...options });
}

/** Text as the UTF-16LE bytes that are wiped when they were used. */
export function passwordBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}
