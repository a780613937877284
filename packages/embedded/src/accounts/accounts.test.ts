import { beforeEach, expect, test } from 'vitest';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Accounts } from './accounts.ts';
import { PASSWORD, passwordBytes, testAccounts } from './testing.ts';

let accounts: Accounts;

beforeEach(() => {
  accounts = testAccounts();
});

const add = (name: string, groups: string[] = []) => accounts.addUser({ name, password: PASSWORD, groups });
const find = (name: string) => accounts.list().find((account) => account.name === name);

test('SIDs come from the machine, numbered from 1000, and none is given twice', async () => {
  const ann = await add('ann');
  const bob = await add('bob');
  const [, machine] = /^(S-1-5-21-\d+-\d+-\d+)-1000$/.exec(ann.sid)!;
  expect(bob.sid).toBe(`${machine}-1001`);
  await accounts.remove('bob');
  expect((await add('bob')).sid).toBe(`${machine}-1002`);
});

test('each domain has SIDs of its own, and so has each store', async () => {
  const domainOf = ({ sid }: { sid: string }) => sid.slice(0, sid.lastIndexOf('-'));
  const elsewhere = await testAccounts().addUser({ name: 'ann', password: PASSWORD });
  const found = [await add('ann'), await add('CORP\\ann'), await add('ann@other'), elsewhere].map(domainOf);
  expect(new Set(found).size).toBe(4);
  expect(domainOf(await add('corp\\bob'))).toBe(found[1]);
});

test('a user is in Users, or in Domain Users of its domain, and in the groups that are named', async () => {
  await accounts.addGroup('Operators');
  expect((await add('ann', ['administrators', 'OPERATORS'])).groups).toEqual([
    'Users',
    'Administrators',
    'Operators',
  ]);
  expect((await add('CORP\\bob', ['Domain Admins', 'BUILTIN\\Guests', 'Operators'])).groups).toEqual([
    'CORP\\Domain Users',
    'CORP\\Domain Admins',
    'Guests',
    'Operators',
  ]);
});

test('this machine has several names', async () => {
  await add('HOST\\ann');
  for (const name of ['ann', 'ANN', '.\\Ann', 'host\\ann', 'ann@HOST'])
    await expect(add(name)).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
  expect(find('ann')).toMatchObject({ domain: 'HOST', kind: 'user', enabled: true, ntlm: true });
});

test.each(['', ' ann', 'a/b', 'a:b', '...', 'a\u0000b', 'x'.repeat(257), '-\\ann', 'a b\\ann'])(
  'an account cannot be named %j',
  async (name) => {
    await expect(add(name)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(accounts.list()).toEqual([]);
  },
);

test.each([
  ['an empty password', ''],
  ['a password that is too long', 'x'.repeat(257)],
  ['half a character', Uint8Array.of(1)],
])('%s is refused', async (_, password) => {
  await expect(accounts.addUser({ name: 'ann', password })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    message: 'expected a password of 1 to 256 UTF-16 units',
  });
});

test('what there is not is named, and nothing is changed', async () => {
  await expect(add('ann', ['Nowhere'])).rejects.toMatchObject({
    code: 'ACCOUNT_NOT_FOUND',
    message: 'expected the name of a group, got "Nowhere"',
  });
  expect(accounts.list()).toEqual([]);
  await expect(accounts.remove('ann')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  await accounts.addGroup('Operators');
  await expect(accounts.setEnabled('operators', false)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  await expect(add('Administrators')).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
});

test('members come and go, and a group that is removed leaves none behind', async () => {
  await accounts.addGroup('Operators');
  await add('ann');
  await accounts.addToGroup('ann', 'Operators');
  await accounts.addToGroup('ann', 'Operators');
  await accounts.addToGroup('ann', 'Administrators');
  expect(find('ann')?.groups).toEqual(['Users', 'Operators', 'Administrators']);
  await accounts.removeFromGroup('ann', 'Administrators');
  await accounts.remove('Operators');
  expect(find('ann')?.groups).toEqual(['Users']);
});

test('accounts are in the repository', async () => {
  const repository = memoryRepository();
  await testAccounts({}, repository).addUser({ name: 'ann', password: PASSWORD, ntlm: false });
  const again = testAccounts({ machineName: 'RENAMED' }, repository);
  expect(again.list()).toMatchObject([{ domain: 'HOST', name: 'ann', ntlm: false }]);
  expect(again.machineName).toBe('HOST');
});

test('bytes of a password are wiped, whether it was taken or not', async () => {
  const taken = passwordBytes(PASSWORD);
  const refused = passwordBytes('x'.repeat(300));
  await accounts.addUser({ name: 'ann', password: taken });
  await expect(accounts.setPassword('ann', refused)).rejects.toThrow();
  expect([...taken, ...refused].every((byte) => byte === 0)).toBe(true);
});

test.each([
  { N: 3, r: 8, p: 1 },
  { N: 2 ** 30, r: 8, p: 1 },
  { N: 16, r: 0, p: 1 },
  { N: Number.NaN, r: 8, p: 1 },
])('a cost of %j is refused', (hashCost) => {
  expect(() => testAccounts({ hashCost })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
});
