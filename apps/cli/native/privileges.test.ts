import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../src/run.ts';
import { testIo } from '../src/test-io.ts';
import { hasFixture, installGuardedWmi } from './guarded-wmi.ts';
import { adjustPrivilege, privilegeBytes } from './own-token.ts';

const SECURITY = 8;
const before = privilegeBytes();

async function wmisec(...argv: string[]) {
  const io = testIo();
  const code = await run(argv, io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

afterEach(() => {
  adjustPrivilege(SECURITY, false);
  expect(privilegeBytes()).toBe(before);
});

describe('wmisec privileges, tested under Wine', () => {
  const states = async () => {
    const { code, stdout, stderr } = await wmisec('privileges', 'list', '-f', 'json');
    expect([code, stderr]).toEqual([0, '']);
    return new Map(JSON.parse(stdout).map((row: Record<string, string>) => [row['Name'], row['State']]));
  };

  test('list tells the state of each, and follows what the system changes', async () => {
    const first = await states();
    expect(first.size).toBe(35);
    expect(first.get('SeChangeNotifyPrivilege')).toBe('enabled');
    expect(first.get('SeSecurityPrivilege')).toBe('disabled');
    expect(first.get('SeSyncAgentPrivilege')).toBe('absent');
    adjustPrivilege(SECURITY, true);
    expect(await states()).toEqual(new Map(first).set('SeSecurityPrivilege', 'enabled'));
  });

  test('check is access denied, 3, until the system has all of them enabled', async () => {
    const { code, stderr } = await wmisec('privileges', 'check', 'Security', 'SyncAgent', 'ChangeNotify');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /SeSecurityPrivilege is held but not enabled, SeSyncAgentPrivilege is not held\n$/,
    );
    adjustPrivilege(SECURITY, true);
    expect(await wmisec('privileges', 'check', 'Security', 'ChangeNotify', '-f', 'csv')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/SeSecurityPrivilege,.*,enabled/),
      stderr: '',
    });
  });

  test('check --any is content with one', async () => {
    expect(await wmisec('privileges', 'check', 'Security', 'ChangeNotify', '--any')).toMatchObject({
      code: 0,
    });
    expect(await wmisec('privileges', 'check', 'Security', 'SyncAgent', '--any')).toMatchObject({ code: 3 });
  });
});

describe.skipIf(!hasFixture)('--privilege, with a WMI that reads the token of each call, under Wine', () => {
  let wmi: ReturnType<typeof installGuardedWmi>;

  beforeEach(() => {
    wmi = installGuardedWmi('SeSecurityPrivilege');
  });

  afterEach(() => wmi[Symbol.dispose]());

  const NAMESPACE = ['-n', 'root\\fixture', '-f', 'csv'];
  const query = (...options: string[]) =>
    wmisec('query', 'SELECT Name FROM Fixture_Row', ...NAMESPACE, ...options);
  const onlyPrivileged = () => {
    const calls = wmi.takeCalls();
    expect(calls.filter((call) => !call.endsWith(' shows SeSecurityPrivilege'))).toEqual([]);
    return [...new Set(calls.map((call) => call.split(' ')[0]))];
  };

  test('without it the service refuses the call', async () => {
    const { code, stdout, stderr } = await query();
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('WBEM_E_PRIVILEGE_NOT_HELD');
    expect(wmi.takeCalls()).toEqual(['ExecQuery shows nothing']);
  });

  test('with it each call and each fetch shows the privilege, and the process never has it', async () => {
    const { code, stdout, stderr } = await query('--privilege', 'Security');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Service00002');
    expect(onlyPrivileged()).toEqual(['ExecQuery', 'Next']);
  });

  test.each([
    [['get', 'Fixture_Row'], 'GetObject'],
    [['describe', 'Acme_Log'], 'GetObject'],
    [['call', 'Acme_Log', 'Clear'], 'ExecMethod'],
    [['classes'], 'CreateClassEnum'],
  ])('%j takes it too', async (verb, operation) => {
    const { code, stderr } = await wmisec(...verb, ...NAMESPACE, '--privilege', 'Security');
    expect([code, stderr]).toEqual([0, '']);
    expect(onlyPrivileged()).toContain(operation);
  });

  test('one that is not held is named, and no call is made', async () => {
    const { code, stdout, stderr } = await query('--privilege', 'Security', '--privilege', 'SyncAgent');
    expect(stderr).toMatch(/^wmisec: ERROR_NOT_ALL_ASSIGNED: .*: SeSyncAgentPrivilege\n$/);
    expect([code, stdout, wmi.takeCalls()]).toEqual([3, '', []]);
  });

  test('rules 7.1: over the network it is left to the server, where what is held arrives enabled', async () => {
    await wmisec('get', 'Fixture_Row', '-n', '\\\\srv\\root\\fixture', '--privilege', 'Security');
    expect(wmi.takeCalls()).toEqual(['GetObject shows nothing']);
  });
});
