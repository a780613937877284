import { describe, expect, test } from 'vitest';
import { run } from '../../run.ts';
import { testIo } from '../../test-io.ts';

async function wmisec(...argv: string[]) {
  const io = testIo();
  const code = await run(argv, io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

describe.skipIf(process.platform === 'win32')('away from Windows', () => {
  test('privileges list is the table without states, and says so on stderr alone', async () => {
    const { code, stdout, stderr } = await wmisec('privileges', 'list', '-f', 'json');
    const rows = JSON.parse(stdout);
    expect(rows).toContainEqual({
      Name: 'SeSecurityPrivilege',
      DisplayName: 'Manage auditing and security log',
      WbemPrivilege: 7,
    });
    expect(rows).toContainEqual(
      expect.objectContaining({ Name: 'SeTimeZonePrivilege', WbemPrivilege: null }),
    );
    expect(rows).toHaveLength(35);
    expect(stderr).toMatch(/only Windows tells their states/);
    expect(code).toBe(0);
  });

  test('privileges check has nothing to check', async () => {
    const { code, stdout, stderr } = await wmisec('privileges', 'check', 'Security');
    expect(stderr).toContain('UNSUPPORTED_PLATFORM');
    expect([code, stdout]).toEqual([1, '']);
  });
});

test('privileges check refuses a word that is no privilege', async () => {
  const { code, stderr } = await wmisec('privileges', 'check', 'Magic');
  expect(stderr).toMatch(/^wmisec: INVALID_ARGUMENT: expected a privilege .*"Magic"\n$/);
  expect(code).toBe(2);
});

describe('--privilege of a verb that calls WMI', () => {
  const query = (...options: string[]) =>
    wmisec('query', 'SELECT Name FROM Win32_OperatingSystem', '--transport', 'embedded', ...options);

  test('may be repeated', async () => {
    expect(await query('--privilege', 'Security', '--privilege', 'SeDebugPrivilege')).toMatchObject({
      code: 0,
    });
  });

  test('one that the caller does not hold is access denied, and named', async () => {
    const { code, stdout, stderr } = await query('--privilege', 'Security', '--privilege', 'Tcb');
    expect(stderr).toMatch(/^wmisec: ERROR_NOT_ALL_ASSIGNED: .*: SeTcbPrivilege\n$/);
    expect([code, stdout]).toEqual([3, '']);
  });

  test('a word that is none is a mistake in the command line', async () => {
    expect(await query('--privilege', 'Magic')).toMatchObject({ code: 2, stdout: '' });
  });

  test('natively it does not go with another user, whose token is not at hand', async () => {
    const argv = ['--transport', 'native', '--user', 'ann', '--password-stdin', '--privilege', 'Security'];
    const { code, stderr } = await wmisec('get', 'A=@', ...argv);
    expect(stderr).toContain('--privilege');
    expect(code).toBe(2);
  });
});
