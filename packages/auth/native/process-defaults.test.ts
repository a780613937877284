import { parseSddl } from '@wmisec/access';
import { type Native, native } from '@wmisec/com-core';
import { AuthnLevel, Capabilities, ComStatus, ImpLevel, type OpenRequest } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, initializeProcessSecurity, type ProcessSecurityRequest } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REQUEST: OpenRequest = {
  server: null,
  namespace: 'root\\cimv2',
  identity: null,
  authority: null,
  locale: null,
  useMaxWait: true,
};

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

const PROCESS: ProcessSecurityRequest = {
  access: { kind: 'descriptor', descriptor: parseSddl('O:BAG:BAD:(A;;0x3;;;BA)') },
};

/** Wine's CoInitializeSecurity accepts everything; here the first call settles the fixture's process, as on Windows. */
function settlingOnce(): Native {
  let settled = false;
  const CoInitializeSecurity = (...args: Parameters<Native['ole32']['CoInitializeSecurity']>) => {
    if (settled) return ComStatus.RPC_E_TOO_LATE;
    settled = true;
    fixture.turn('process.level', args[4]);
    fixture.turn('process.impersonation', args[5]);
    return ComStatus.S_OK;
  };
  return Object.create(fixture.native, { ole32: { value: { CoInitializeSecurity } } }) as Native;
}

test('AC-1.1 the second call is RPC_E_TOO_LATE, and the values of the first stay in force', async () => {
  const com = settlingOnce();
  const first = { ...PROCESS, authnLevel: AuthnLevel.PktIntegrity, impLevel: ImpLevel.Impersonate };
  using settled = initializeProcessSecurity(first, {}, com);
  expect(settled.status).toBe('initialized');
  const second = { ...PROCESS, authnLevel: AuthnLevel.Connect, impLevel: ImpLevel.Identify };
  expect(() => initializeProcessSecurity(second, { failIfTooLate: 'always' }, com)).toThrow(
    expect.objectContaining({ code: 'RPC_E_TOO_LATE', hresult: 0x80010119 }),
  );
  await using probe = await native().open(REQUEST);
  expect(initializeProcessSecurity(second, { failIfTooLate: 'never', probe }, com)).toMatchObject({
    status: 'tooLate',
    inForce: { authnLevel: AuthnLevel.PktIntegrity, impLevel: ImpLevel.Impersonate },
  });
});

test('AC-1.3, AC-1.5 what is refused settles nothing: a later correct call succeeds', () => {
  const com = settlingOnce();
  const both = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;
  for (const wrong of [{ capabilities: both }, { impLevel: ImpLevel.Default }])
    expect(() => initializeProcessSecurity({ ...PROCESS, ...wrong }, {}, com)).toThrow(
      expect.objectContaining({ code: 'E_INVALIDARG' }),
    );
  using settled = initializeProcessSecurity(PROCESS, {}, com);
  expect(settled.status).toBe('initialized');
});

test('AC-1.2 a proxy without a blanket of its own has the implicit defaults: connect and identify', async () => {
  await using services = await native().open(REQUEST);
  expect(services.queryBlanket()).toMatchObject({
    authnLevel: AuthnLevel.Connect,
    impLevel: ImpLevel.Identify,
  });
});

test('AC-1.4 at identify every operation is WBEM_E_ACCESS_DENIED, and after setBlanket it succeeds', async () => {
  await using services = await native().open(REQUEST);
  const denied = { code: 'WBEM_E_ACCESS_DENIED', hresult: 0x80041003 };
  await expect(services.execQuery('SELECT * FROM X')).rejects.toMatchObject(denied);
  await expect(services.openNamespace('sub')).rejects.toMatchObject(denied);
  await expect(services.deleteInstance('X=1')).rejects.toMatchObject(denied);
  services.setBlanket({ impLevel: ImpLevel.Impersonate });
  await (await services.execQuery('SELECT * FROM X'))[Symbol.asyncDispose]();
  await services.deleteInstance('X=1');
});

test('AC-1.6 connecting at identify succeeds, the first query is refused', async () => {
  await using services = await native().open(REQUEST);
  expect(services.queryBlanket().impLevel).toBe(ImpLevel.Identify);
  await expect(services.execQuery('SELECT * FROM X')).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
});

test('whatever the process has, `connect` asks for encryption and impersonation', async () => {
  await using connection = await connect('root\\cimv2');
  expect(connection.services.queryBlanket()).toMatchObject({ authnLevel: 6, impLevel: 3 });
  await using rows = await connection.services.execQuery('SELECT * FROM X');
  expect(await rows.next(1)).toMatchObject({ objects: [], done: true });
});
