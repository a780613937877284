import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { testIo } from './test-io.ts';

async function wmisec(argv: readonly string[], stdin = '') {
  const io = testIo({ stdin });
  const code = await run(argv, io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

const USER = 'S-1-5-21-1-2-3-1001';
const TOKEN = JSON.stringify({ user: USER, groups: ['S-1-5-11'] });
const DENYING = 'O:BAG:BAD:(D;;DC;;;AU)(A;;CCDC;;;AU)';

test('sddl parse shows the parts of a descriptor, and its bytes', async () => {
  const { code, stdout } = await wmisec(['sddl', 'parse', 'O:BAG:BAD:(A;;LO;;;BA)']);
  expect(code).toBe(0);
  expect(stdout).toContain('Owner    S-1-5-32-544');
  expect(stdout).toMatch(/^DACL +0 +AccessAllowed +S-1-5-32-544 +0x80/m);
});

test('sddl format writes the SDDL of bytes: what parse prints goes back', async () => {
  const { stdout } = await wmisec(['sddl', 'parse', DENYING]);
  const hex = /^Bytes +([0-9a-f]+)$/m.exec(stdout)![1]!;
  expect((await wmisec(['sddl', 'format', hex])).stdout).toBe(`${DENYING}\n`);
});

test('sddl --batch answers every line in order and does not stop at a bad one', async () => {
  const lines = [
    '{"id":1,"sddl":"O:BAG:BAD:(A;;LO;;;BA)"}',
    'not json',
    '{"id":3,"sid":"S-1-5-32-544"}',
    '{"id":4,"sddl":"D:(A;;XX;;;BA)"}',
  ];
  const { code, stdout } = await wmisec(['sddl', '--batch'], `${lines.join('\n')}\n`);
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers).toMatchObject([
    { id: 1, ok: true, back: 'O:BAG:BAD:(A;;LO;;;BA)' },
    { id: null, ok: false },
    { id: 3, ok: true, sid: 'S-1-5-32-544' },
    { id: 4, ok: false, at: expect.any(Number) },
  ]);
  expect(code).toBe(0);
});

test('access check says granted or denied; explain names the entry and what would change the answer', async () => {
  const request = ['--sddl', DENYING, '--token', TOKEN, '--mapping', 'wmi'];
  expect((await wmisec(['access', 'check', ...request, '--desired', 'enable'])).stdout).toBe('granted 0x1\n');
  expect((await wmisec(['access', 'check', ...request, '--desired', '0x2'])).stdout).toBe('denied\n');
  const { stdout } = await wmisec(['access', 'explain', ...request, '--desired', 'executeMethods']);
  expect(stdout).toMatch(/^DENIED WBEM_METHOD_EXECUTE/);
  expect(stdout).toContain('(D;;DC;;;AU)');
  expect(stdout).toMatch(/^to grant: /m);
});

test('access check --batch answers JSON lines', async () => {
  const line = JSON.stringify({
    id: 'a',
    sddl: DENYING,
    token: { user: USER, groups: ['S-1-5-11'] },
    desired: 3,
  });
  const { stdout } = await wmisec(['access', 'check', '--batch'], `${line}\n`);
  expect(JSON.parse(stdout)).toEqual({ id: 'a', ok: true, granted: false, mask: 0 });
});

test('namespace show prints the descriptor in force, entry by entry', async () => {
  const { code, stdout } = await wmisec(['namespace', 'show', '--transport', 'embedded']);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'O:BAG:BAD:(A;CIID;CCDCLCSWRPWPRCWD;;;BA)(A;CIID;CCDCRP;;;NS)(A;CIID;CCDCRP;;;LS)(A;CIID;CCDCRP;;;AU)',
  );
  expect(stdout).toMatch(
    /^3 +AccessAllowed +S-1-5-11 +WBEM_ENABLE WBEM_METHOD_EXECUTE WBEM_WRITE_PROVIDER +ContainerInherit Inherited$/m,
  );
});

test('namespace plan says what would change; grant changes it and keeps a backup', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wmisec-'));
  const policy = join(folder, 'policy.yaml');
  await writeFile(
    policy,
    `namespaces:\n  root\\cimv2:\n    allow:\n      - { sid: ${USER}, rights: [enable] }\n`,
  );
  const planned = await wmisec(['namespace', 'plan', policy, '--transport', 'embedded']);
  expect(planned.stdout).toContain(`added (A;;CC;;;${USER})`);
  const backup = join(folder, 'backup.json');
  const granted = await wmisec([
    'namespace',
    'grant',
    USER,
    'enable',
    'remoteEnable',
    '--backup',
    backup,
    '--transport',
    'embedded',
  ]);
  expect(granted.stdout).toContain(`added (A;;CCWP;;;${USER})`);
  expect(JSON.parse(await readFile(backup, 'utf8'))).toMatchObject({
    version: 1,
    namespaces: [{ namespace: 'root\\cimv2' }],
  });
  const again = await wmisec([
    'namespace',
    'grant',
    USER,
    'enable',
    '--backup',
    backup,
    '--transport',
    'embedded',
  ]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('BACKUP_NOT_WRITTEN') });
});

test('diagnose walks the gates and says what was learnt from where', async () => {
  const { code, stdout } = await wmisec(['diagnose', '--need', 'putClass', '--transport', 'embedded']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^putClass on root\\cimv2: allowed$/m);
  expect(stdout).toMatch(/passed +namespace-rights/);
  const low = await wmisec(['diagnose', '--imp', 'identify', '--transport', 'embedded', '-f', 'json']);
  expect(JSON.parse(low.stdout)).toMatchObject({
    verdict: 'refused',
    refusal: { gate: 'impersonation-level' },
  });
});

test.each([
  ['SDDL that cannot be read', ['sddl', 'parse', 'D:(A;;XX;;;BA)'], 2, 'INVALID_SDDL'],
  ['bytes that are none', ['sddl', 'format', 'xyz'], 2, 'INVALID_ARGUMENT'],
  ['bytes that are no descriptor', ['sddl', 'format', '00'], 2, 'ERROR_INVALID_SECURITY_DESCR'],
  [
    'a token that is no JSON',
    ['access', 'check', '--sddl', 'D:', '--token', '{', '--desired', '1'],
    2,
    'INVALID_ARGUMENT',
  ],
  ['a missing option', ['access', 'check'], 2, '--sddl'],
  ['a right that is none', ['namespace', 'grant', USER, 'fly'], 2, 'INVALID_ARGUMENT'],
  ['a name instead of a SID', ['namespace', 'revoke', 'Users'], 2, 'INVALID_SID'],
  ['a policy file that is not there', ['namespace', 'plan', '/no/such/file'], 1, 'FILE_NOT_READ'],
])('%s is one sentence with its code', async (_, argv, exitCode, words) => {
  const { code, stdout, stderr } = await wmisec(argv);
  expect(stderr).toMatch(/^wmisec: [^\n]+\n$/);
  expect(stderr).toContain(words);
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
});
