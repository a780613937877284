import { readToken, TokenHandle } from '@wmisec/access/native';
import { connect } from '@wmisec/auth';
import {
  ClassId,
  COLE_DEFAULT,
  Com,
  IWbemClassObject,
  IWbemLocator,
  IWbemServices,
  NULL,
} from '@wmisec/com-core';
import {
  AuthnLevel,
  AuthnService,
  AuthzService,
  Capabilities,
  defineClass,
  ImpLevel,
  type ObjectSink,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  enablePrivileges,
  explainPrivilegeError,
  privilegedServices,
  privilegesNeeded,
  readLineage,
  withPrivilegedProxies,
} from '../src/index.ts';
import { hasFixture } from './callers-fixture.ts';
import { type GuardedWmi, installGuardedWmi } from './guarded-wmi.ts';
import { HELD, NOT_HELD, native, privilegeBytes, threadTokenId } from './read-back.ts';

const NAMESPACE = 'root\\fixture';
const processBefore = privilegeBytes('process');
const NOT_ENABLED = { hresult: WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD };

describe.skipIf(!hasFixture)('a service in C++ that reads the token which a call shows, under Wine', () => {
  let wmi: GuardedWmi;

  beforeEach(() => {
    wmi = installGuardedWmi(HELD);
  });

  afterEach(() => {
    wmi[Symbol.dispose]();
    expect([threadTokenId(), privilegeBytes('process'), wmi.liveObjects()]).toEqual([null, processBefore, 0]);
  });

  test('AC-7.1 a call without the privilege is 0x80041062, and why; with it for the call it passes', async () => {
    await using connection = await connect(NAMESPACE);
    const { services } = connection;
    const error = await services.execMethod('Acme_AuditLog', 'Clear').catch((failure: unknown) => failure);
    expect(error).toMatchObject(NOT_ENABLED);

    const privileged = privilegedServices(services, [HELD]);
    const needed = privilegesNeeded(await readLineage(privileged, 'Acme_AuditLog'), 'Clear');
    using process = TokenHandle.ofProcess(native);
    const explanation = explainPrivilegeError(error, needed, readToken(native, process));
    expect(explanation?.sentence).toBe(
      'WBEM_E_PRIVILEGE_NOT_HELD: SeSecurityPrivilege is held but not enabled; enable SeSecurityPrivilege for the call with withPrivilegedProxies',
    );
    await privileged.execMethod('Acme_AuditLog', 'Clear');
    await expect(services.execMethod('Acme_AuditLog', 'Clear')).rejects.toMatchObject(NOT_ENABLED);
  });

  test('AC-7.2 what is not held cannot be enabled: 1300, no call is made, and one without it fails', async () => {
    await using connection = await connect(NAMESPACE);
    wmi.takeLog();
    const privileged = privilegedServices(connection.services, [HELD, NOT_HELD]);
    await expect(privileged.getObject('Fixture_Row')).rejects.toMatchObject({
      code: 'ERROR_NOT_ALL_ASSIGNED',
      missing: [NOT_HELD],
    });
    expect(wmi.takeLog()).toEqual([]);
    await expect(connection.services.getObject('Fixture_Row')).rejects.toMatchObject(NOT_ENABLED);
  });

  test('rules 7.2: token and blanket before the first await, then the call, then everything back', async () => {
    await using connection = await connect(NAMESPACE);
    wmi.takeLog();
    const running = withPrivilegedProxies([HELD], [connection.services], async () => {
      await null;
      await connection.services.getObject('Fixture_Row');
      return threadTokenId();
    });
    expect([wmi.takeLog(), threadTokenId()]).toEqual([['cloaks 0x20 with SeSecurityPrivilege'], null]);
    expect(await running).toBeNull();
    expect(wmi.takeLog()).toEqual(['GetObject shows SeSecurityPrivilege', 'cloaks 0x0 with nothing']);
  });

  test('rules 7.2: the whole sequence is repeated for every call', async () => {
    await using connection = await connect(NAMESPACE);
    wmi.takeLog();
    const services = privilegedServices(connection.services, [HELD]);
    await Promise.all([services.getObject('Fixture_Row'), services.deleteClass('Fixture_SpecialRow')]);
    expect(wmi.takeLog()).toEqual([
      'cloaks 0x20 with SeSecurityPrivilege',
      'GetObject shows SeSecurityPrivilege',
      'cloaks 0x0 with nothing',
      'cloaks 0x20 with SeSecurityPrivilege',
      'DeleteClass shows SeSecurityPrivilege',
      'cloaks 0x0 with nothing',
    ]);
  });

  test('every operation shows the privilege, and rows show it with each fetch', async () => {
    await using connection = await connect(NAMESPACE);
    const services = privilegedServices(connection.services, [HELD]);
    wmi.takeLog();
    await using found = await services.execQuery('SELECT * FROM Fixture_Row');
    const [row] = (await found.next(1)).objects;
    for (const rows of [services.createInstanceEnum('Fixture_Row'), services.createClassEnum(null)]) {
      await using enumerator = await rows;
      await enumerator.next(1);
    }
    await services.putInstance(row as never);
    await services.deleteInstance('Fixture_Row.Name="Service00000"');
    await services.putClass(defineClass({ name: 'Fixture_New' }));
    await services.deleteClass('Fixture_New');
    await services.execMethod('Acme_Log', 'Clear');
    const calls = wmi.takeLog().filter((line) => line.includes(' shows '));
    expect(calls.filter((line) => !line.endsWith(' shows SeSecurityPrivilege'))).toEqual([]);
    expect(new Set(calls.map((line) => line.split(' ')[0]))).toEqual(
      new Set([
        'ExecQuery',
        'Next',
        'CreateInstanceEnum',
        'CreateClassEnum',
        'GetObject',
        'PutInstance',
        'DeleteInstance',
        'PutClass',
        'DeleteClass',
        'ExecMethod',
      ]),
    );
  });

  test('asynchronous calls show it, too, and their rows arrive', async () => {
    await using connection = await connect(NAMESPACE);
    const services = privilegedServices(connection.services, [HELD]);
    wmi.takeLog();
    const names: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      const sink: ObjectSink = {
        indicate: (rows) =>
          names.push(...rows.map((row) => row.kind === 'instance' && row.properties['Name'])),
        setStatus: ({ status }) => (status === 0 ? resolve() : reject(new WbemError(status))),
      };
      services.async!.execQueryAsync('SELECT * FROM Fixture_Row', sink).catch(reject);
    });
    expect(names).toEqual(['Service00000', 'Service00001', 'Service00002']);
    expect(wmi.takeLog()).toEqual([
      'cloaks 0x20 with SeSecurityPrivilege',
      'ExecQueryAsync shows SeSecurityPrivilege',
      'cloaks 0x0 with nothing',
    ]);
  });

  test('AC-4.7 (a) an object that is refused does not arrive: 0x80041003, and its error object does', async () => {
    await using connection = await connect(NAMESPACE);
    const services = privilegedServices(connection.services, [HELD]);
    await expect(services.getObject('Fixture_Secret')).rejects.toMatchObject({
      hresult: WbemStatus.WBEM_E_ACCESS_DENIED,
      extendedStatus: { ParameterInfo: 'Secret' },
    });
  });

  test('AC-4.7 (b) an object with properties that are withheld arrives with nulls, and status 0', async () => {
    await using connection = await connect(NAMESPACE);
    const services = privilegedServices(connection.services, [HELD]);
    await using rows = await services.execQuery('SELECT * FROM Fixture_Every');
    const { objects, status } = await rows.next(3);
    expect(objects[2]).toMatchObject({ properties: { Id: 'null', String: null, Uint32: null } });
    expect(status).toBe(0);
  });

  /** A call on this thread, as a client in C++ makes it. */
  function synchronousCall(com: Com, capabilities: number): number {
    using locator = com.create(ClassId.CLSID_WbemLocator, IWbemLocator);
    using place = com.bstr(NAMESPACE);
    using out = native.memory.alloc(8);
    locator.call('ConnectServer', place.ptr, NULL, NULL, NULL, 0, NULL, NULL, out.ptr);
    using services = com.own(IWbemServices, out.pointer<'IWbemServices'>())!;
    native.ole32.CoSetProxyBlanket(
      services.ptr,
      AuthnService.Default,
      AuthzService.Default,
      COLE_DEFAULT as never,
      AuthnLevel.PktPrivacy,
      ImpLevel.Impersonate,
      NULL,
      capabilities,
    );
    using path = com.bstr('Fixture_Row');
    using object = native.memory.alloc(8);
    const hresult = services.call('GetObject', path.ptr, 0, NULL, object.ptr, NULL);
    com.own(IWbemClassObject, object.pointer<'IWbemClassObject'>())?.[Symbol.dispose]();
    native.oleaut32.SetErrorInfo(0, NULL);
    return hresult;
  }

  test('AC-7.4 a token of the thread is not seen without cloaking; with dynamic cloaking it is', async () => {
    const com = new Com(native);
    com.use();
    {
      using _scope = enablePrivileges([HELD]);
      expect(synchronousCall(com, Capabilities.None)).toBe(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD);
      expect(synchronousCall(com, Capabilities.DynamicCloaking)).toBe(0);
    }
    expect(synchronousCall(com, Capabilities.DynamicCloaking)).toBe(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD);
    await com.leave();
  });

  test('rules 7.2 A: on the token of the process nothing else is needed', async () => {
    const com = new Com(native);
    com.use();
    {
      using _scope = enablePrivileges([HELD], { token: 'process' });
      expect(synchronousCall(com, Capabilities.None)).toBe(0);
    }
    expect(synchronousCall(com, Capabilities.None)).toBe(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD);
    await com.leave();
  });
});
