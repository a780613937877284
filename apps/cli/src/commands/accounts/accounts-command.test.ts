import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createService, lmdbRepository } from '@wmisec/embedded';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../run.ts';
import { testIo } from '../../test-io.ts';

let parent: string;
let store: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'wmisec-accounts-'));
  store = join(parent, 'store');
});

afterEach(() => rmSync(parent, { recursive: true }));

async function wmisec(argv: readonly string[], stdin?: string) {
  const io = testIo(stdin === undefined ? {} : { stdin });
  const code = await run([...argv, '--store', store], io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

const accounts = (...argv: string[]) => wmisec(['accounts', ...argv]);
const add = (name: string, argv: string[] = [], password = 'correct horse\n') =>
  wmisec(['accounts', 'add', name, '--password-stdin', ...argv], password);

async function listed(): Promise<Record<string, unknown>[]> {
  return JSON.parse((await accounts('list', '--format', 'json')).stdout);
}

const namesAs = (user: string, password: string) =>
  wmisec(
    [
      ...['query', 'SELECT Name FROM Win32_OperatingSystem', '--transport', 'embedded', '--format', 'json'],
      ...['--user', user, '--password-stdin'],
    ],
    password,
  );

test('a user that was added is listed, with nothing of the password', async () => {
  const { code, stdout, stderr } = await add('ann', [
    '--group',
    'Administrators',
    '--group',
    'Event Log Readers',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^added \S+\\ann S-1-5-21-\d+-\d+-\d+-1000\n$/);
  expect((await add('bob', ['--domain', 'CORP', '--no-ntlm'])).stdout).toMatch(/^added CORP\\bob /);
  expect(await listed()).toMatchObject([
    { Kind: 'user', State: 'enabled', Ntlm: true, Groups: ['Users', 'Administrators', 'Event Log Readers'] },
    { Account: 'CORP\\Domain Admins', Kind: 'group', State: null, Ntlm: null, Groups: ['Administrators'] },
    { Account: 'CORP\\Domain Users', Kind: 'group' },
    { Account: 'CORP\\bob', Kind: 'user', Ntlm: false, Groups: ['CORP\\Domain Users'] },
  ]);
});

test('a user of the store connects with the password, and with no other', async () => {
  await add('ann', [], 'pässwörd\r\nnot part of it\n');
  const { code, stdout, stderr } = await namesAs('ann', 'pässwörd');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toHaveLength(1);
  const refused = await namesAs('ann', 'password');
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toMatch(/^wmisec: E_ACCESSDENIED: [^\n]+\n$/);
});

test('the gates judge a user of the store', async () => {
  await add('ann');
  const asAnn = ['--transport', 'embedded', '--user', 'ann', '--password-stdin'];
  const grant = await wmisec(
    ['namespace', 'grant', 'S-1-1-0', 'enable', ...asAnn, '--backup', join(parent, 'backup.json')],
    'correct horse\n',
  );
  expect(grant).toMatchObject({ code: 3, stderr: expect.stringContaining('WBEM_E_ACCESS_DENIED') });
});

test('disable, enable, passwd and remove do what they say', async () => {
  await add('ann');
  await accounts('disable', 'ann');
  expect(await listed()).toMatchObject([{ State: 'disabled' }]);
  expect((await namesAs('ann', 'correct horse')).code).toBe(3);
  await accounts('enable', 'ANN');
  expect((await namesAs('ann', 'correct horse')).code).toBe(0);
  await wmisec(['accounts', 'passwd', 'ann', '--password-stdin'], 'battery staple');
  expect((await namesAs('ann', 'correct horse')).code).toBe(3);
  expect((await namesAs('ann', 'battery staple')).code).toBe(0);
  await accounts('remove', 'ann');
  expect(await listed()).toEqual([]);
});

test('a service that runs on the store sees the user that was added', async () => {
  await using service = await createService({
    providers: [],
    repository: await lmdbRepository({ directory: store }),
  });
  await add('ann');
  const ann = await service.accounts.logon({ user: 'ann', password: 'correct horse', remote: true });
  expect(ann.name).toMatch(/\\ann$/);
});

test.each([
  ['a name that is none', ['add', 'a:b', '--password-stdin'], 2, 'INVALID_ARGUMENT'],
  [
    'a group that there is not',
    ['add', 'ann', '--password-stdin', '--group', 'Nowhere'],
    1,
    'ACCOUNT_NOT_FOUND',
  ],
  ['no password', ['add', 'ann', '--password-stdin'], 2, 'INVALID_ARGUMENT', '\n'],
  ['a password of other bytes', ['add', 'ann', '--password-stdin'], 2, 'INVALID_ARGUMENT', 'x'.repeat(2000)],
  ['an account that there is not', ['remove', 'nobody'], 1, 'ACCOUNT_NOT_FOUND'],
] as const)('%s is one sentence with its code', async (_, argv, exitCode, code, stdin = 'secret word\n') => {
  await add('somebody');
  const result = await wmisec(['accounts', ...argv], stdin);
  expect(result.stderr).toMatch(/^wmisec: [^\n]+\n$/);
  expect(result.stderr).toContain(code);
  expect(result.stderr).not.toContain('secret word');
  expect(result).toMatchObject({ code: exitCode, stdout: '' });
});

test('only add makes a store that is missing', async () => {
  expect(await accounts('list')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `wmisec: STORE_UNAVAILABLE: expected a store in ${store}, got none\n`,
  });
});

test('the same name twice is refused', async () => {
  await add('ann');
  expect(await add('Ann')).toMatchObject({ code: 1, stderr: expect.stringContaining('ACCOUNT_EXISTS') });
});

test.skipIf(process.platform === 'win32')('a store that others can write is refused', async () => {
  await add('ann');
  chmodSync(store, 0o777);
  expect(await accounts('list')).toMatchObject({ code: 1, stderr: expect.stringContaining('STORE_UNSAFE') });
});

test.each([
  [['--user', 'ann']],
  [['--password-stdin']],
  [['--transport', 'native', '--user', 'ann', '--password-stdin']],
])('options that do not go together are refused: %j', async (options) => {
  const { code, stderr } = await wmisec(['query', 'SELECT * FROM Win32_Process', ...options]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^wmisec: INVALID_ARGUMENT: [^\n]+\n$/);
});

test('a user without a store is refused', async () => {
  const io = testIo({ stdin: 'x\n' });
  const argv = [
    'query',
    'SELECT * FROM Win32_Process',
    '--transport',
    'embedded',
    '--user',
    'ann',
    '--password-stdin',
  ];
  expect(await run(argv, io)).toBe(2);
  expect(io.stderrText()).toContain('--store');
});
