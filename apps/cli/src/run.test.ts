import { expect, test } from 'vitest';
import { run } from './run.ts';
import { testIo } from './test-io.ts';

async function wmisec(...argv: string[]) {
  const io = testIo();
  const code = await run(argv, io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

const EMBEDDED = ['--transport', 'embedded'];

test("a query gives this machine's own processes", async () => {
  const { code, stdout, stderr } = await wmisec(
    'query',
    `SELECT ProcessId, Name FROM Win32_Process WHERE ProcessId = ${process.pid}`,
    ...EMBEDDED,
    '--format',
    'json',
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([{ ProcessId: process.pid, Name: expect.stringContaining('node') }]);
  expect(code).toBe(0);
});

test('columns come in the order of the query, also when no row came', async () => {
  const { stdout } = await wmisec(
    'query',
    'SELECT Name, ProcessId FROM Win32_Process WHERE ProcessId = 4294967295',
    ...EMBEDDED,
    '-f',
    'csv',
  );
  expect(stdout).toBe('Name,ProcessId\r\n');
});

test('get shows one object, a property a line', async () => {
  const { code, stdout } = await wmisec('get', `Win32_Process.Handle="${process.pid}"`, ...EMBEDDED);
  expect(stdout).toMatch(new RegExp(`^ProcessId +${process.pid}$`, 'm'));
  expect(code).toBe(0);
});

test('classes lists what there is, without system classes unless asked', async () => {
  const plain = await wmisec('classes', ...EMBEDDED);
  expect(plain.stdout).toMatch(/^Win32_Process /m);
  expect(plain.stdout).not.toContain('__');
  const all = await wmisec('classes', '--all', ...EMBEDDED);
  expect(all.stdout).toContain('__SystemSecurity');
});

test('describe shows types, keys and methods, or MOF', async () => {
  const { stdout } = await wmisec('describe', 'Win32_Process', ...EMBEDDED);
  expect(stdout).toMatch(/^Handle +string +key/m);
  expect(stdout).toMatch(/^GetOwner\(/m);
  expect((await wmisec('describe', 'Win32_Process', '--mof', ...EMBEDDED)).stdout).toContain(
    'class Win32_Process',
  );
});

test('call runs a method and shows what came out', async () => {
  const { code, stdout } = await wmisec(
    'call',
    `Win32_Process.Handle="${process.pid}"`,
    'GetOwner',
    ...EMBEDDED,
    '-f',
    'json',
  );
  expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ ReturnValue: 0 })]);
  expect(code).toBe(0);
});

test.each([
  ['a query that cannot be read', ['query', 'SELECT FROM'], 2, 'WBEM_E_INVALID_QUERY'],
  ['an unknown class', ['query', 'SELECT * FROM No_Such'], 1, 'WBEM_E_INVALID_CLASS'],
  [
    'an unknown namespace',
    ['query', 'SELECT * FROM Win32_Process', '-n', 'root\\nowhere'],
    1,
    'WBEM_E_INVALID_NAMESPACE',
  ],
  [
    'a namespace that is none',
    ['query', 'SELECT * FROM Win32_Process', '-n', '\\\\'],
    2,
    'WBEM_E_INVALID_PARAMETER',
  ],
  ['a missing object', ['get', 'Win32_Process.Handle="4294967295"'], 1, 'WBEM_E_NOT_FOUND'],
  ['a path that is none', ['get', 'Win32_Process.Handle='], 2, 'WBEM_E_INVALID_OBJECT_PATH'],
  ['an unknown method', ['call', 'Win32_Process', 'Fly'], 1, 'WBEM_E_INVALID_METHOD'],
  ['a parameter that the method lacks', ['call', 'Win32_Process', 'GetOwner', 'x=1'], 2, 'INVALID_ARGUMENT'],
  [
    'a level that is too low',
    ['query', 'SELECT * FROM Win32_Process', '--imp', 'identify'],
    3,
    'WBEM_E_ACCESS_DENIED',
  ],
  [
    'a timeout that is none',
    ['query', 'SELECT * FROM Win32_Process', '--timeout', 'soon'],
    2,
    'INVALID_ARGUMENT',
  ],
])('%s is one sentence with its code, and an exit code', async (_, argv, exitCode, code) => {
  const result = await wmisec(...argv, ...EMBEDDED);
  expect(result.stderr).toMatch(/^wmisec: [^\n]+\n$/);
  expect(result.stderr).toContain(code);
  expect(result.stderr).not.toMatch(/ at .*\.ts/);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(exitCode);
});

test.each([['--nonsense'], ['nonsense'], ['query']])(
  'a command line that is none is refused: %s',
  async (...argv) => {
    const { code, stdout, stderr } = await wmisec(...argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('wmisec: ');
  },
);

test('help is for a stranger: the verbs, the exit codes and examples', async () => {
  const { code, stdout } = await wmisec('--help');
  expect(code).toBe(0);
  for (const word of ['query', 'describe', 'Exit codes', 'Examples', 'access denied'])
    expect(stdout).toContain(word);
});

test('--version prints the version alone', async () => {
  const { code, stdout } = await wmisec('--version');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
