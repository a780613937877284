import { randomBytes } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import type { Principal } from '@wmisec/access';
import { AuthnLevel, AuthnService, ComStatus, ImpLevel, WbemError } from '@wmisec/wbem';
import type { Repository } from '../repository/repository.ts';
import type { Clock } from '../service/clock.ts';
import { type AccountName, nameKey } from './account-name.ts';
import {
  allAccounts,
  clearFailures,
  getAccount,
  getFailures,
  putFailures,
  type UserRecord,
} from './account-records.ts';
import { accountToken } from './account-token.ts';
import { countAttempt, isLocked, type LockoutPolicy } from './lockout.ts';
import { LOGON_CHANNEL, type LogonRecord, type LogonRefusal, type LogonRequest } from './logon-request.ts';
import { isPassword, withPassword } from './password.ts';
import { type HashCost, impossibleHash, type PasswordHash, verifyPassword } from './password-hash.ts';
import { Turns } from './turns.ts';

export interface LogonOptions {
  readonly repository: Repository;
  readonly clock: Clock;
  readonly lockout: LockoutPolicy;
  readonly localAccountTokenFilterPolicy: boolean;
  readonly hashCost: HashCost;
}

interface Attempt {
  readonly user: UserRecord | null;
  readonly locked: boolean;
}

/** Lets users in. Whoever is refused learns one thing, and waits as long, whatever the reason was. */
export class Logon {
  readonly #options: LogonOptions;
  readonly #turns = new Turns();
  readonly #channel = channel(LOGON_CHANNEL);
  /** What stands in for the secrets of a user that there is not. */
  readonly #nobodysHash: PasswordHash;
  readonly #nobodysNtHash = randomBytes(16);

  constructor(options: LogonOptions) {
    this.#options = options;
    this.#nobodysHash = impossibleHash(options.hashCost);
  }

  /** @throws WbemError `E_ACCESSDENIED`. */
  logon(name: AccountName, machineName: string, request: LogonRequest): Promise<Principal> {
    return this.#turns.take(nameKey(name), async () => {
      const attempt = await this.#begin(name);
      const known = await this.#verify(attempt.user, request);
      const refusal = refusalOf(attempt, known, request);
      this.#publish(request, refusal);
      if (refusal !== null) throw denied();
      return this.#admit(attempt.user!, machineName, request);
    });
  }

  /** Counts the attempt; for a user that there is not as well, so that it takes as long. */
  #begin(name: AccountName): Promise<Attempt> {
    const { repository, lockout, clock } = this.#options;
    const now = clock.now().getTime();
    return repository.transact((writer) => {
      const account = getAccount(writer, name);
      const user = account?.kind === 'user' ? account : null;
      const failures = getFailures(writer, user?.sid ?? null);
      putFailures(writer, user?.sid ?? null, countAttempt(failures, now, lockout));
      return { user, locked: isLocked(failures, now, lockout) };
    });
  }

  async #verify(user: UserRecord | null, request: LogonRequest): Promise<boolean> {
    if ('ntlm' in request) return this.#verifyNtlm(user, request.ntlm);
    return withPassword(request.password, async (utf16) => {
      const bytes = isPassword(utf16) ? utf16 : randomBytes(2);
      const matches = await verifyPassword(bytes, user?.password ?? this.#nobodysHash);
      return matches && bytes === utf16 && user !== null;
    });
  }

  #verifyNtlm(user: UserRecord | null, check: (ntHash: Uint8Array) => boolean): boolean {
    const ntHash = Uint8Array.from(user?.ntHash ?? this.#nobodysNtHash);
    try {
      return check(ntHash) && user !== null && user.ntHash !== null;
    } finally {
      ntHash.fill(0);
    }
  }

  async #admit(user: UserRecord, machineName: string, request: LogonRequest): Promise<Principal> {
    const { repository, localAccountTokenFilterPolicy } = this.#options;
    const accounts = await repository.transact((writer) => {
      clearFailures(writer, user.sid);
      return allAccounts(writer);
    });
    const { remote, elevated = true } = request;
    return {
      name: `${user.domain ?? machineName}\\${user.name}`,
      token: accountToken(user, accounts, { remote, elevated, localAccountTokenFilterPolicy }),
      remote,
      authnService: request.authnService ?? AuthnService.WinNT,
      authnLevel: request.authnLevel ?? AuthnLevel.PktPrivacy,
      impLevel: request.impLevel ?? ImpLevel.Impersonate,
    };
  }

  #publish(
    { user, remote, authnService = AuthnService.WinNT }: LogonRequest,
    refusal: LogonRefusal | null,
  ): void {
    if (!this.#channel.hasSubscribers) return;
    const at = this.#options.clock.now();
    const record: LogonRecord = { at, user: user.slice(0, 256), remote, authnService, refusal };
    this.#channel.publish(record);
  }
}

function refusalOf({ user, locked }: Attempt, known: boolean, request: LogonRequest): LogonRefusal | null {
  if (user === null) return 'unknown-user';
  if (locked) return 'locked-out';
  if (!user.enabled) return 'disabled';
  const { remote, authnService = AuthnService.WinNT } = request;
  if (remote && authnService === AuthnService.WinNT && user.ntHash === null) return 'no-ntlm';
  return known ? null : 'wrong-password';
}

function denied(): WbemError {
  return new WbemError(
    ComStatus.E_ACCESSDENIED,
    'logon: the user or the password is wrong, or the account may not be used now',
    { operation: 'logon' },
  );
}
