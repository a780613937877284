import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import type { Principal, TokenGroup } from '@wmisec/access';
import { ntHash } from '@wmisec/auth';
import { AuthnService, WmisecError } from '@wmisec/wbem';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Accounts, AccountsOptions } from './accounts.ts';
import { LOGON_CHANNEL, type LogonRecord, type LogonRequest } from './logon-request.ts';
import { PASSWORD, passwordBytes, testAccounts, testClock } from './testing.ts';

const ADMINISTRATORS = 'S-1-5-32-544';
const DENY_ONLY = 0x10;
const ENABLED = 0x4;
const MINUTE = 60_000;

const clock = testClock();
let accounts: Accounts;
let records: LogonRecord[];
const record = (message: unknown) => records.push(message as LogonRecord);

beforeEach(async () => {
  await open();
  records = [];
  subscribe(LOGON_CHANNEL, record);
});

afterEach(() => unsubscribe(LOGON_CHANNEL, record));

async function open(options: AccountsOptions = {}): Promise<void> {
  accounts = testAccounts({ clock, ...options });
  await accounts.addUser({ name: 'ann', password: PASSWORD });
  await accounts.addUser({ name: 'boss', password: PASSWORD, groups: ['Administrators'] });
  await accounts.addUser({ name: 'CORP\\chief', password: PASSWORD, groups: ['Domain Admins'] });
}

const logon = (user: string, changes: Partial<LogonRequest> & { password?: string } = {}) =>
  accounts.logon({ user, password: PASSWORD, remote: false, ...changes } as LogonRequest);

const refusalOf = async (attempt: Promise<unknown>) => {
  await expect(attempt).rejects.toMatchObject({ code: 'E_ACCESSDENIED', hresult: 0x80070005 });
  return records.at(-1)?.refusal;
};

function attributesOf({ token }: Principal, sid: string): number | undefined {
  const group = token.groups?.find((each) => (typeof each === 'string' ? each : each.sid) === sid);
  return typeof group === 'string' ? ENABLED : (group as TokenGroup | undefined)?.attributes;
}

const bareGroups = ({ token }: Principal) =>
  token.groups?.map((group) => (typeof group === 'string' ? group : group.sid));

describe('12.5 the token of a logon', () => {
  test('has Everyone, Authenticated Users, the groups, and INTERACTIVE on this machine', async () => {
    const ann = await logon('ann');
    expect(ann).toMatchObject({
      name: 'HOST\\ann',
      remote: false,
      authnService: 10,
      authnLevel: 6,
      impLevel: 3,
    });
    expect(bareGroups(ann)).toEqual(['S-1-5-32-545', 'S-1-5-113', 'S-1-1-0', 'S-1-5-11', 'S-1-5-4']);
  });

  test('has NETWORK from afar', async () => {
    const groups = bareGroups(await logon('ann', { remote: true }));
    expect(groups).toContain('S-1-5-2');
    expect(groups).not.toContain('S-1-5-4');
  });

  test('has its privileges enabled from afar, and held on this machine', async () => {
    await accounts.setPrivileges('ann', ['SeSecurityPrivilege']);
    const stateOf = async (remote: boolean) => {
      const { token } = await logon('ann', { remote });
      return Object.fromEntries(
        token.privileges!.map((p) => (typeof p === 'string' ? [p, true] : [p.name, p.enabled])),
      );
    };
    const names = [
      'SeSecurityPrivilege',
      'SeChangeNotifyPrivilege',
      'SeShutdownPrivilege',
      'SeUndockPrivilege',
      'SeIncreaseWorkingSetPrivilege',
      'SeTimeZonePrivilege',
    ];
    expect(await stateOf(true)).toEqual(Object.fromEntries(names.map((name) => [name, true])));
    expect(await stateOf(false)).toEqual({
      ...Object.fromEntries(names.map((name) => [name, false])),
      SeChangeNotifyPrivilege: true,
    });
  });

  test('has the groups of its groups, circles or not', async () => {
    const inner = await accounts.addGroup('Inner');
    const outer = await accounts.addGroup('Outer', { groups: ['Backup Operators', 'Inner'] });
    await accounts.addToGroup('Inner', 'Outer');
    await accounts.addToGroup('ann', 'Inner');
    const ann = await logon('ann');
    expect(bareGroups(ann)).toEqual(expect.arrayContaining([inner.sid, outer.sid, 'S-1-5-32-551']));
    expect(ann.token.privileges).toContainEqual({ name: 'SeBackupPrivilege', enabled: false });
  });

  test('of an administrator who is not elevated has Administrators for deny only', async () => {
    expect(attributesOf(await logon('boss', { elevated: false }), ADMINISTRATORS)).toBe(DENY_ONLY);
    const boss = await logon('boss');
    expect(attributesOf(boss, ADMINISTRATORS)).toBe(ENABLED);
    expect(boss.token.integrity).toBe(0x3000);
  });
});

describe('AC-8.6 an administrator of this machine who comes from afar', () => {
  test('has Administrators for deny only, and no privileges of one', async () => {
    const boss = await logon('boss', { remote: true });
    expect(attributesOf(boss, ADMINISTRATORS)).toBe(DENY_ONLY);
    expect(boss.token.integrity).toBe(0x2000);
    expect(JSON.stringify(boss.token.privileges)).not.toContain('SeDebugPrivilege');
  });

  test('is one with LocalAccountTokenFilterPolicy', async () => {
    await open({ localAccountTokenFilterPolicy: true });
    const boss = await logon('boss', { remote: true });
    expect(attributesOf(boss, ADMINISTRATORS)).toBe(ENABLED);
    expect(boss.token.privileges).toContainEqual({ name: 'SeDebugPrivilege', enabled: true });
  });

  test('is one when the account is of a domain', async () => {
    const chief = await logon('CORP\\chief', { remote: true });
    expect(chief.name).toBe('CORP\\chief');
    expect(attributesOf(chief, ADMINISTRATORS)).toBe(ENABLED);
  });
});

describe('who is refused', () => {
  test('gets one answer, whatever the reason; the record has it', async () => {
    await accounts.addUser({ name: 'off', password: PASSWORD });
    await accounts.setEnabled('off', false);
    await accounts.addGroup('Operators');
    const attempts: [string, string][] = [
      ['nobody', PASSWORD],
      ['Operators', PASSWORD],
      ['NOWHERE\\ann', PASSWORD],
      ['', PASSWORD],
      ['ann', 'wrong'],
      ['ann', ''],
      ['ann', 'x'.repeat(1000)],
      ['off', PASSWORD],
      ['off', 'wrong'],
    ];
    const answers = new Set<string>();
    for (const [user, password] of attempts)
      await logon(user, { password }).catch((error: unknown) => answers.add(JSON.stringify(error)));
    expect(answers.size).toBe(1);
    expect(records.map(({ refusal }) => refusal)).toEqual([
      ...Array(4).fill('unknown-user'),
      ...Array(3).fill('wrong-password'),
      ...Array(2).fill('disabled'),
    ]);
  });

  test('is refused whatever text comes', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 600 });
    await fc.assert(
      fc.asyncProperty(text, fc.option(text, { nil: undefined }), text, async (user, domain, password) => {
        fc.pre(password !== PASSWORD);
        await refusalOf(logon(user, { domain, password, remote: true }));
      }),
    );
  });

  test('costs as many writes, and as many looks at a hash, whether the user is there or not', async () => {
    const repository = memoryRepository();
    let writes = 0;
    const counting = new Proxy(repository, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name === 'transact') writes++;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    accounts = testAccounts({}, counting);
    await accounts.addUser({ name: 'ann', password: PASSWORD, ntlm: false });
    for (const user of ['ann', 'nobody']) {
      writes = 0;
      const hashes: number[] = [];
      await refusalOf(accounts.logon({ user, remote: true, ntlm: (hash) => hashes.push(hash.length) > 0 }));
      expect([user, writes, hashes]).toEqual([user, 1, [16]]);
    }
  });

  test('learns nothing secret, and leaves nothing secret', async () => {
    const secret = 'Tr0ub4dor&3';
    await accounts.setPassword('ann', passwordBytes(secret));
    const error = await logon('ann', { password: `${secret}x` }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(WmisecError);
    const hash = Buffer.from(ntHash(passwordBytes(secret)));
    const seen = [error, records, accounts, accounts.list()].map((each) => inspect(each, { depth: 20 }));
    for (const text of [...seen, JSON.stringify([error, records, accounts.list()])]) {
      expect(text).not.toContain(secret);
      expect(text.toLowerCase()).not.toContain(hash.toString('hex'));
      expect(text).not.toContain([...hash].slice(0, 4).join(', '));
    }
  });

  test('a user that was removed or disabled does not get in again, one that was enabled does', async () => {
    await accounts.setEnabled('ann', false);
    expect(await refusalOf(logon('ann'))).toBe('disabled');
    await accounts.setEnabled('ann', true);
    await logon('ann');
    await accounts.remove('ann');
    expect(await refusalOf(logon('ann'))).toBe('unknown-user');
  });

  test('an old password is no password', async () => {
    await accounts.setPassword('ann', 'new');
    expect(await refusalOf(logon('ann'))).toBe('wrong-password');
    await logon('ann', { password: 'new' });
  });
});

describe('NTLM', () => {
  const proves = (hash: Uint8Array) => Buffer.from(hash).equals(Buffer.from(ntHash(passwordBytes(PASSWORD))));

  test('is verified with the NT hash, which is lent and wiped', async () => {
    let lent: Uint8Array | undefined;
    const keep = (hash: Uint8Array) => {
      lent = hash;
      return proves(hash);
    };
    const ann = await accounts.logon({ user: 'ann', remote: true, ntlm: keep });
    expect(ann.name).toBe('HOST\\ann');
    expect(lent).toEqual(new Uint8Array(16));
    expect(await refusalOf(accounts.logon({ user: 'ann', remote: true, ntlm: () => false }))).toBe(
      'wrong-password',
    );
  });

  test('is no way in for a user without it; other services and this machine are', async () => {
    await accounts.setPassword('ann', PASSWORD, { ntlm: false });
    expect(await refusalOf(accounts.logon({ user: 'ann', remote: true, ntlm: () => true }))).toBe('no-ntlm');
    expect(await refusalOf(logon('ann', { remote: true }))).toBe('no-ntlm');
    await logon('ann');
    await logon('ann', { remote: true, authnService: AuthnService.GssKerberos });
  });
});

describe('lockout', () => {
  const fail = async (times: number, user = 'ann') => {
    for (let n = 0; n < times; n++) await refusalOf(logon(user, { password: 'wrong' }));
  };

  test('ten failures lock the account, also for the right password, for ten minutes', async () => {
    await fail(10);
    expect(await refusalOf(logon('ann'))).toBe('locked-out');
    expect(accounts.list()[0]).toMatchObject({ name: 'ann', locked: true });
    clock.advance(10 * MINUTE);
    await logon('ann');
    expect(accounts.list()[0]).toMatchObject({ name: 'ann', locked: false });
  });

  test('a success forgets the failures before it', async () => {
    await fail(9);
    await logon('ann');
    await fail(9);
    await logon('ann');
  });

  test('a new password ends a lockout', async () => {
    await fail(10);
    await accounts.setPassword('ann', PASSWORD);
    await logon('ann');
  });

  test('attempts side by side get no more guesses', async () => {
    const guesses = Array.from({ length: 30 }, () => refusalOf(logon('ann', { password: 'wrong' })));
    await Promise.all(guesses);
    expect(records.filter(({ refusal }) => refusal === 'wrong-password')).toHaveLength(10);
  });

  test('many logons of a user side by side all get in', async () => {
    await Promise.all(Array.from({ length: 30 }, () => logon('ann')));
  });

  test('failures of one account or of none do not lock another', async () => {
    await fail(20, 'nobody');
    await fail(20, 'boss');
    await logon('ann');
  });

  test('the limits are those that were given', async () => {
    await open({ lockout: { threshold: 2, durationMs: MINUTE } });
    await fail(2);
    expect(await refusalOf(logon('ann'))).toBe('locked-out');
    clock.advance(MINUTE);
    await logon('ann');
  });
});
