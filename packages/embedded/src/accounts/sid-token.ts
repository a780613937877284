import type { Sid, Token } from '@wmisec/access';
import type { RepositoryReader } from '../repository/repository.ts';
import { allAccounts } from './account-records.ts';
import { accountToken } from './account-token.ts';

/** The token that a user of the repository would get on this machine. @returns null for none that may log on. */
export function accountTokenOf(repository: RepositoryReader, sid: Sid): Token | null {
  const accounts = allAccounts(repository);
  const user = accounts.find((account) => account.sid === sid);
  if (user?.kind !== 'user' || !user.enabled) return null;
  return accountToken(user, accounts, {
    remote: false,
    elevated: true,
    localAccountTokenFilterPolicy: false,
  });
}
