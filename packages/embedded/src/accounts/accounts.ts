import { hostname } from 'node:os';
import type { Principal, PrivilegeName } from '@wmisec/access';
import { ntHash } from '@wmisec/auth';
import { sameName, WmisecError } from '@wmisec/wbem';
import type { Repository, RepositoryReader, RepositoryWriter } from '../repository/repository.ts';
import { type Clock, systemClock } from '../service/clock.ts';
import type { Account, NewUser } from './account.ts';
import { type AccountName, checkAccountName, splitAccountName } from './account-name.ts';
import {
  type AccountRecord,
  allAccounts,
  clearFailures,
  deleteAccount,
  getAccount,
  getDomain,
  getFailures,
  newSid,
  primaryGroup,
  putAccount,
  type UserRecord,
} from './account-records.ts';
import { findBuiltInGroup, findGroup, shownName } from './find-group.ts';
import { DEFAULT_LOCKOUT, isLocked, type LockoutPolicy } from './lockout.ts';
import { Logon } from './logon.ts';
import type { LogonRequest } from './logon-request.ts';
import { checkPassword, type Password, withPassword } from './password.ts';
import { checkHashCost, DEFAULT_HASH_COST, type HashCost, hashPassword } from './password-hash.ts';
import { showAccount } from './show-account.ts';

export interface AccountsOptions {
  /** The domain of local accounts; what the repository says when it has some. Default: the name of the host. */
  readonly machineName?: string | undefined;
  /** Default: ten failures within ten minutes lock an account for ten minutes. */
  readonly lockout?: Partial<LockoutPolicy> | undefined;
  /**
   * Whether administrators of this machine stay administrators when they come from afar, which Windows
   * discourages. Default false. @see docs/rules.md 8.6
   */
  readonly localAccountTokenFilterPolicy?: boolean | undefined;
  /** Of passwords that are set from now on; 32 MiB, three times over, by default. */
  readonly hashCost?: HashCost | undefined;
  /** Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

/**
 * The users and groups that a repository keeps, for a service that runs on it or for managing them. Passwords are
 * kept as memory-hard hashes, and as NT hashes for users with NTLM.
 * @throws WmisecError `INVALID_ARGUMENT` for a `hashCost` that is none.
 *
 *     const accounts = openAccounts(await lmdbRepository({ directory }));
 *     await accounts.addUser({ name: 'ann', password, groups: ['Administrators'] });
 */
export function openAccounts(repository: Repository, options: AccountsOptions = {}): Accounts {
  return new Accounts(repository, options);
}

/** Names of accounts are `name`, `DOMAIN\name` or `name@domain`, in any case. Made by `openAccounts`. */
export class Accounts {
  readonly #repository: Repository;
  readonly #logon: Logon;
  readonly #machineName: string;
  readonly #lockout: LockoutPolicy;
  readonly #hashCost: HashCost;
  readonly #clock: Clock;

  constructor(repository: Repository, options: AccountsOptions) {
    this.#repository = repository;
    this.#machineName = options.machineName ?? hostname().split('.')[0]!.toUpperCase();
    this.#lockout = { ...DEFAULT_LOCKOUT, ...options.lockout };
    this.#hashCost = options.hashCost ?? DEFAULT_HASH_COST;
    checkHashCost(this.#hashCost);
    this.#clock = options.clock ?? systemClock;
    this.#logon = new Logon({
      repository,
      clock: this.#clock,
      lockout: this.#lockout,
      hashCost: this.#hashCost,
      localAccountTokenFilterPolicy: options.localAccountTokenFilterPolicy ?? false,
    });
  }

  /** The domain of local accounts. */
  get machineName(): string {
    return getDomain(this.#repository, null)?.name ?? this.#machineName;
  }

  /**
   * @throws WmisecError `INVALID_ARGUMENT` for a name or password that cannot be one, `ACCOUNT_EXISTS`,
   *   `ACCOUNT_NOT_FOUND` for a group that there is not.
   */
  async addUser({ name, password, groups = [], privileges = [], ntlm = true }: NewUser): Promise<Account> {
    const given = this.#newName(name);
    const secrets = await this.#secretsOf(password, ntlm);
    return this.#repository.transact((writer) => {
      const { sid, domain } = this.#claim(writer, given);
      const memberOf = groups.map((group) => findGroup(writer, this.#nameOf(group), domain));
      const user: UserRecord = {
        ...{ kind: 'user', domain, name: given.name, sid, enabled: true, privileges, ...secrets },
        memberOf: [...new Set([primaryGroup(sid, domain), ...memberOf])],
      };
      putAccount(writer, user);
      return this.#shown(writer, user);
    });
  }

  /** @throws WmisecError as `addUser` does. */
  async addGroup(name: string, { groups = [] }: { groups?: readonly string[] } = {}): Promise<Account> {
    const given = this.#newName(name);
    return this.#repository.transact((writer) => {
      const { sid, domain } = this.#claim(writer, given);
      const memberOf = groups.map((group) => findGroup(writer, this.#nameOf(group), domain));
      const group: AccountRecord = { kind: 'group', domain, name: given.name, sid, memberOf };
      putAccount(writer, group);
      return this.#shown(writer, group);
    });
  }

  /** In the order in which they were added; the groups that every machine has are not listed. */
  list(): Account[] {
    const accounts = allAccounts(this.#repository);
    return accounts.map((account) => this.#shown(this.#repository, account, accounts));
  }

  /** Its SID is never given again. @throws WmisecError `ACCOUNT_NOT_FOUND`. */
  async remove(name: string): Promise<void> {
    await this.#repository.transact((writer) => {
      const gone = this.#get(writer, name);
      deleteAccount(writer, gone);
      for (const account of allAccounts(writer)) {
        if (!account.memberOf.includes(gone.sid)) continue;
        putAccount(writer, { ...account, memberOf: account.memberOf.filter((sid) => sid !== gone.sid) });
      }
    });
  }

  /**
   * Also ends a lockout.
   * @param options.ntlm whether to keep an NT hash; default: as it was.
   * @throws WmisecError `ACCOUNT_NOT_FOUND`, `INVALID_ARGUMENT`.
   */
  async setPassword(name: string, password: Password, { ntlm }: { ntlm?: boolean } = {}): Promise<void> {
    const keepsNtHash = ntlm ?? this.#getUser(this.#repository, name).ntHash !== null;
    const secrets = await this.#secretsOf(password, keepsNtHash);
    await this.#repository.transact((writer) => {
      const user = this.#getUser(writer, name);
      putAccount(writer, { ...user, ...secrets });
      clearFailures(writer, user.sid);
    });
  }

  /** A disabled user keeps everything and cannot log on. @throws WmisecError `ACCOUNT_NOT_FOUND`. */
  async setEnabled(name: string, enabled: boolean): Promise<void> {
    await this.#repository.transact((writer) =>
      putAccount(writer, { ...this.#getUser(writer, name), enabled }),
    );
  }

  /** Replaces the privileges that a user holds beside those of its groups. @throws WmisecError `ACCOUNT_NOT_FOUND`. */
  async setPrivileges(name: string, privileges: readonly PrivilegeName[]): Promise<void> {
    await this.#repository.transact((writer) =>
      putAccount(writer, { ...this.#getUser(writer, name), privileges }),
    );
  }

  /** Members may be groups. @throws WmisecError `ACCOUNT_NOT_FOUND`. */
  async addToGroup(member: string, group: string): Promise<void> {
    await this.#repository.transact((writer) => {
      const account = this.#get(writer, member);
      const sid = findGroup(writer, this.#nameOf(group), account.domain);
      putAccount(writer, { ...account, memberOf: [...new Set([...account.memberOf, sid])] });
    });
  }

  /** Idempotent. @throws WmisecError `ACCOUNT_NOT_FOUND`. */
  async removeFromGroup(member: string, group: string): Promise<void> {
    await this.#repository.transact((writer) => {
      const account = this.#get(writer, member);
      const sid = findGroup(writer, this.#nameOf(group), account.domain);
      putAccount(writer, { ...account, memberOf: account.memberOf.filter((each) => each !== sid) });
    });
  }

  /**
   * Lets a user in. A `LogonRecord` with the reason of a refusal goes to the `diagnostics_channel` `wmisec:logon`.
   * @throws WbemError `E_ACCESSDENIED`: the same for an unknown user, a wrong password, and a user that is
   *   disabled, locked out or without the NTLM that it takes.
   * @see docs/rules.md 8.6, 12.5
   */
  async logon(request: LogonRequest): Promise<Principal> {
    const { user, domain } = request;
    const name = domain === undefined ? this.#nameOf(user) : this.#local({ domain, name: user });
    return this.#logon.logon(name, this.machineName, request);
  }

  async #secretsOf(password: Password, ntlm: boolean): Promise<Pick<UserRecord, 'password' | 'ntHash'>> {
    return withPassword(password, async (utf16) => {
      checkPassword(utf16);
      return { ntHash: ntlm ? ntHash(utf16) : null, password: await hashPassword(utf16, this.#hashCost) };
    });
  }

  #nameOf(text: string): AccountName {
    return this.#local(splitAccountName(text));
  }

  /** This machine, however it is called, is null. */
  #local({ domain, name }: AccountName): AccountName {
    const isLocal = domain === null || domain === '' || domain === '.' || sameName(domain, this.machineName);
    return { name, domain: isLocal ? null : domain };
  }

  #newName(text: string): AccountName {
    const name = this.#nameOf(text);
    checkAccountName(name);
    return name;
  }

  /** Makes the domain when it is new, before its groups are looked for. */
  #claim(writer: RepositoryWriter, given: AccountName): Pick<AccountRecord, 'sid' | 'domain'> {
    const sid = newSid(writer, given.domain, this.#machineName);
    if (getAccount(writer, given) !== undefined || findBuiltInGroup(given.name) !== undefined)
      throw new WmisecError('ACCOUNT_EXISTS', `there is an account ${shownName(given)} already`);
    return { sid, domain: given.domain === null ? null : getDomain(writer, given.domain)!.name };
  }

  #get(reader: RepositoryReader, text: string): AccountRecord {
    const account = getAccount(reader, this.#nameOf(text));
    if (account !== undefined) return account;
    throw new WmisecError('ACCOUNT_NOT_FOUND', `there is no account ${shownName(this.#nameOf(text))}`);
  }

  #getUser(reader: RepositoryReader, text: string): UserRecord {
    const account = this.#get(reader, text);
    if (account.kind === 'user') return account;
    throw new WmisecError('ACCOUNT_NOT_FOUND', `expected a user, got the group ${shownName(account)}`);
  }

  #shown(reader: RepositoryReader, record: AccountRecord, accounts = allAccounts(reader)): Account {
    const failures = getFailures(reader, record.sid);
    const locked = isLocked(failures, this.#clock.now().getTime(), this.#lockout);
    return showAccount(record, { accounts, machineName: this.machineName, locked });
  }
}
