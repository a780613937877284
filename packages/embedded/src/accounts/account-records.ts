import { randomBytes } from 'node:crypto';
import type { PrivilegeName, Sid } from '@wmisec/access';
import type { RepositoryReader, RepositoryWriter } from '../repository/repository.ts';
import { type AccountName, nameKey } from './account-name.ts';
import { type Failures, NO_FAILURES } from './lockout.ts';
import type { PasswordHash } from './password-hash.ts';

/** A domain, or the machine itself. */
export interface DomainRecord {
  readonly name: string;
  readonly sid: Sid;
  /** The next relative identifier; none is given twice. */
  readonly nextRid: number;
}

interface PrincipalRecord extends AccountName {
  readonly sid: Sid;
  /** The groups that it is a direct member of. */
  readonly memberOf: readonly Sid[];
}

export interface GroupRecord extends PrincipalRecord {
  readonly kind: 'group';
}

export interface UserRecord extends PrincipalRecord {
  readonly kind: 'user';
  readonly enabled: boolean;
  readonly password: PasswordHash;
  /** null for an account without NTLM. */
  readonly ntHash: Uint8Array | null;
  /** Beside those of its groups. */
  readonly privileges: readonly PrivilegeName[];
}

export type AccountRecord = GroupRecord | UserRecord;

const DOMAINS = 'account-domains';
const ACCOUNTS = 'accounts';
const FAILURES = 'account-failures';
const THIS_MACHINE = '';
const FIRST_RID = 1000;
const DOMAIN_ADMINS = 512;
const DOMAIN_USERS = 513;
const ADMINISTRATORS: Sid = 'S-1-5-32-544';
const USERS: Sid = 'S-1-5-32-545';

export function getDomain(reader: RepositoryReader, domain: string | null): DomainRecord | undefined {
  return reader.getPrivateRecord(DOMAINS, domainKey(domain)) as DomainRecord | undefined;
}

export function getAccount(reader: RepositoryReader, name: AccountName): AccountRecord | undefined {
  return reader.getPrivateRecord(ACCOUNTS, nameKey(name)) as AccountRecord | undefined;
}

export function allAccounts(reader: RepositoryReader): readonly AccountRecord[] {
  return [...reader.privateRecords(ACCOUNTS)] as AccountRecord[];
}

export function putAccount(writer: RepositoryWriter, account: AccountRecord): void {
  writer.putPrivateRecord(ACCOUNTS, nameKey(account), account);
}

export function deleteAccount(writer: RepositoryWriter, account: AccountRecord): void {
  writer.deletePrivateRecord(ACCOUNTS, nameKey(account));
  writer.deletePrivateRecord(FAILURES, account.sid);
}

/** @param sid of the account; null for those that there are not, which share one count. */
export function getFailures(reader: RepositoryReader, sid: Sid | null): Failures {
  return (reader.getPrivateRecord(FAILURES, sid ?? '') as Failures | undefined) ?? NO_FAILURES;
}

export function putFailures(writer: RepositoryWriter, sid: Sid | null, failures: Failures): void {
  writer.putPrivateRecord(FAILURES, sid ?? '', failures);
}

export function clearFailures(writer: RepositoryWriter, sid: Sid): void {
  writer.deletePrivateRecord(FAILURES, sid);
}

/** Takes the next SID of a domain, which is made when it is named for the first time. */
export function newSid(writer: RepositoryWriter, domain: string | null, machineName: string): Sid {
  const record = getDomain(writer, domain) ?? makeDomain(writer, domain, machineName);
  putDomain(writer, domain, { ...record, nextRid: record.nextRid + 1 });
  return `${record.sid}-${record.nextRid}`;
}

function makeDomain(writer: RepositoryWriter, domain: string | null, machineName: string): DomainRecord {
  const record = { name: domain ?? machineName, sid: randomDomainSid(), nextRid: FIRST_RID };
  putDomain(writer, domain, record);
  if (domain !== null) {
    putDomainGroup(writer, record, 'Domain Admins', DOMAIN_ADMINS, ADMINISTRATORS);
    putDomainGroup(writer, record, 'Domain Users', DOMAIN_USERS, USERS);
  }
  return record;
}

/** The machine belongs to the domain: its groups are in those of the machine. */
function putDomainGroup(
  writer: RepositoryWriter,
  { name: domain, sid }: DomainRecord,
  name: string,
  rid: number,
  memberOf: Sid,
): void {
  putAccount(writer, { kind: 'group', domain, name, sid: `${sid}-${rid}`, memberOf: [memberOf] });
}

/** The group that every user of a domain is in from the start. */
export function primaryGroup(sid: Sid, domain: string | null): Sid {
  return domain === null ? USERS : (sid.replace(/\d+$/, String(DOMAIN_USERS)) as Sid);
}

function putDomain(writer: RepositoryWriter, domain: string | null, record: DomainRecord): void {
  writer.putPrivateRecord(DOMAINS, domainKey(domain), record);
}

function domainKey(domain: string | null): string {
  return domain === null ? THIS_MACHINE : domain.toLowerCase();
}

function randomDomainSid(): Sid {
  const bytes = randomBytes(12);
  const parts = [0, 4, 8].map((offset) => bytes.readUInt32LE(offset));
  return `S-1-5-21-${parts.join('-')}`;
}
