import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { logonToken, type PrivilegeName, type Token } from '@wmisec/access';
import {
  Capabilities,
  defineClass,
  ImpLevel,
  type Provider,
  qualifier,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { REFUSAL_CHANNEL } from '../audit/refusal-record.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { ADMINISTRATORS, all, open, openRequest, person } from '../testing.ts';

const NS = 'root\\cimv2';
const SECURITY = { Privileges: ['SeSecurityPrivilege'] };

const log = defineClass({
  name: 'Acme_Log',
  qualifiers: { dynamic: true, provider: 'Logs' },
  properties: {
    Name: { type: 'string', key: true },
    Secret: { type: 'string', value: 'unset', qualifiers: SECURITY },
    Size: { type: 'uint32', qualifiers: { WritePrivileges: ['SeBackupPrivilege'] } },
  },
  methods: {
    Clear: { returns: 'uint32', qualifiers: SECURITY },
    Seal: { returns: 'uint32', qualifiers: { Privileges: ['SeMagicPrivilege'] } },
    Count: { returns: 'uint32' },
  },
});
const auditLog = defineClass({
  name: 'Acme_AuditLog',
  superclass: log,
  qualifiers: { dynamic: true, provider: 'Logs' },
});
const vault = defineClass({
  name: 'Acme_Vault',
  qualifiers: { dynamic: true, provider: 'Logs' },
  properties: {
    Id: { type: 'uint32', qualifiers: [qualifier('key'), qualifier('Privileges', ['SeDebugPrivilege'])] },
  },
});

const execMethod = vi.fn(async () => ({ returnValue: 0, outParams: {} }));
const putInstance = vi.fn(async () => {});
const row = { Name: 'a', Secret: 'hunter2', Size: 1 };
const provider: Provider = {
  name: 'Logs',
  classes: [log, auditLog, vault],
  enumerate: (name) => [[name === 'Acme_Vault' ? { Id: 1 } : { ...row, Name: name }]],
  execMethod,
  putInstance,
};

let service: EmbeddedService;

afterEach(async () => {
  vi.clearAllMocks();
  await service[Symbol.asyncDispose]();
});

function account(...held: (PrivilegeName | { name: PrivilegeName; enabled: boolean })[]): Token {
  return { user: 'S-1-5-21-1-2-3-1001', groups: [ADMINISTRATORS], privileges: held };
}

async function connected(token: Token, { remote = false } = {}) {
  service = await createService({ providers: [provider] });
  return open(service, NS, person('ann', { token: logonToken(token, { remote }) }));
}

const DISABLED = { name: 'SeSecurityPrivilege', enabled: false } as const;

describe('a method whose Privileges qualifier names SeSecurityPrivilege', () => {
  test('AC-7.1 held and disabled it is 0x80041062, which says what to do; once enabled the call passes', async () => {
    const local = await connected(account(DISABLED));
    await expect(local.execMethod('Acme_Log="Acme_Log"', 'Clear')).rejects.toMatchObject({
      hresult: 0x80041062,
      operation: 'execMethod',
      refusal: {
        gate: 'provider',
        missing: ['SeSecurityPrivilege'],
        fix: 'ann holds SeSecurityPrivilege but has not enabled it: enable it for the call',
      },
    });
    expect(execMethod).not.toHaveBeenCalled();
    await service[Symbol.asyncDispose]();
    const enabled = await connected(account('SeSecurityPrivilege'));
    expect(await enabled.execMethod('Acme_Log="Acme_Log"', 'CLEAR')).toMatchObject({ returnValue: 0 });
  });

  test('AC-7.2 who does not hold it is refused, wherever the call comes from', async () => {
    for (const remote of [false, true]) {
      const services = await connected(account('SeBackupPrivilege'), { remote });
      await expect(services.execMethod('Acme_Log="Acme_Log"', 'Clear')).rejects.toMatchObject({
        hresult: 0x80041062,
        refusal: { fix: expect.stringMatching(/^ann does not hold SeSecurityPrivilege: .*administrator/) },
      });
      await service[Symbol.asyncDispose]();
    }
    expect(execMethod).not.toHaveBeenCalled();
  });

  test('AC-7.3 over the network what is held arrives enabled, and the call passes', async () => {
    const services = await connected(account(DISABLED), { remote: true });
    expect(await services.execMethod('Acme_Log="Acme_Log"', 'Clear')).toMatchObject({ returnValue: 0 });
  });

  test('AC-7.4 enabled on the thread it is not seen without cloaking; with dynamic cloaking it is', async () => {
    service = await createService({ providers: [provider] });
    const [as, thread] = [account(DISABLED), account('SeSecurityPrivilege')].map((token) =>
      person('ann', { token: logonToken(token, { remote: false }) }),
    );
    await using services = await service.transport({ as, thread: () => thread! }).open(openRequest(NS));
    const clear = () => services.execMethod('Acme_Log="Acme_Log"', 'Clear');
    await expect(clear()).rejects.toMatchObject({ hresult: 0x80041062 });
    services.setBlanket({ impLevel: ImpLevel.Impersonate, capabilities: Capabilities.DynamicCloaking });
    expect(await clear()).toMatchObject({ returnValue: 0 });
  });

  test('a method without the qualifier needs none; one that names no privilege lets nobody in', async () => {
    const services = await connected(account());
    expect(await services.execMethod('Acme_Log="Acme_Log"', 'Count')).toMatchObject({ returnValue: 0 });
    await expect(services.execMethod('Acme_Log="Acme_Log"', 'Seal')).rejects.toMatchObject({
      hresult: 0x80041062,
      refusal: { missing: ['SeMagicPrivilege'] },
    });
  });

  test.each(['Acme_AuditLog="Acme_AuditLog"', 'Acme_Log="Acme_AuditLog"'])(
    'a class below is no way around: %s',
    async (path) => {
      const services = await connected(account(DISABLED));
      await expect(services.execMethod(path, 'Clear')).rejects.toMatchObject({ hresult: 0x80041062 });
      expect(execMethod).not.toHaveBeenCalled();
    },
  );

  test('the refusal is audited', async () => {
    const records: unknown[] = [];
    const listen = (record: unknown) => void records.push(record);
    subscribe(REFUSAL_CHANNEL, listen);
    const services = await connected(account());
    await expect(services.execMethod('Acme_Log="Acme_Log"', 'Clear')).rejects.toThrow();
    unsubscribe(REFUSAL_CHANNEL, listen);
    expect(records).toMatchObject([{ status: 0x80041062, gate: 'provider', operation: 'execMethod' }]);
  });
});

describe('properties', () => {
  test('AC-4.7 (b) one that the caller may not read is null, and the object arrives', async () => {
    const services = await connected(account(DISABLED));
    expect(await services.getObject('Acme_Log="Acme_Log"')).toMatchObject({
      properties: { Name: 'Acme_Log', Secret: null, Size: 1 },
    });
    await using rows = await services.createInstanceEnum('Acme_Log');
    const { objects, status } = await rows.next(10);
    expect(objects).toMatchObject([
      { properties: { Name: 'Acme_Log', Secret: null } },
      { properties: { Name: 'Acme_AuditLog', Secret: null } },
    ]);
    expect(status).toBe(0);
  });

  test('a query cannot feel its way to what is withheld', async () => {
    const services = await connected(account(DISABLED));
    const found = all(services.execQuery(`SELECT Name FROM Acme_Log WHERE Secret = 'hunter2'`));
    expect(await found).toEqual([]);
  });

  test('with the privilege it is there', async () => {
    const services = await connected(account('SeSecurityPrivilege'));
    expect(await services.getObject('Acme_Log="Acme_Log"')).toMatchObject({
      properties: { Secret: 'hunter2' },
    });
  });

  test('AC-4.7 (a) a provider that refuses the object: none arrives, 0x80041003, with its error object', async () => {
    service = await createService({
      providers: [
        {
          ...provider,
          getInstance: () =>
            Promise.reject(
              new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, 'Secret is not for you', {
                extendedStatus: { ParameterInfo: 'Secret' },
              }),
            ),
        },
      ],
    });
    const services = await open(
      service,
      NS,
      person('ann', { token: logonToken(account(), { remote: false }) }),
    );
    await expect(services.getObject('Acme_Log="a"')).rejects.toMatchObject({
      hresult: 0x80041003,
      extendedStatus: { ParameterInfo: 'Secret' },
    });
  });

  test('without the privileges of a key there are no instances', async () => {
    const services = await connected(account(DISABLED));
    await expect(all(services.createInstanceEnum('Acme_Vault'))).rejects.toMatchObject({
      hresult: 0x80041062,
    });
    await expect(services.getObject('Acme_Vault=1')).rejects.toMatchObject({ hresult: 0x80041062 });
  });

  test('WritePrivileges: an instance is written with all of them, or not at all', async () => {
    const put = async (...held: PrivilegeName[]) => {
      const services = await connected(account('SeSecurityPrivilege', ...held));
      const object = await services.getObject('Acme_Log="Acme_Log"');
      return services.putInstance(object as never);
    };
    await expect(put()).rejects.toMatchObject({
      hresult: 0x80041062,
      refusal: { missing: ['SeBackupPrivilege'] },
    });
    expect(putInstance).not.toHaveBeenCalled();
    await service[Symbol.asyncDispose]();
    await put('SeBackupPrivilege');
    expect(putInstance).toHaveBeenCalledOnce();
  });
});

test('AC-7.5 GetSecurityDescriptor leaves the SACL out unless SeSecurityPrivilege is enabled; the DACL stays', async () => {
  const read = async (services: Awaited<ReturnType<typeof open>>) => {
    const { returnValue, outParams } = await services.execMethod(
      '__SystemSecurity=@',
      'GetSecurityDescriptor',
    );
    const { ControlFlags, DACL, SACL } = (outParams['Descriptor'] as never as typeof EMPTY).properties;
    return { returnValue, saclPresent: (ControlFlags & 0x10) !== 0, SACL, aces: DACL.length };
  };
  const services = await connected(account('SeSecurityPrivilege'));
  const { outParams } = await services.execMethod('__SystemSecurity=@', 'GetSecurityDescriptor');
  const before = outParams['Descriptor'] as never as typeof EMPTY;
  const audited = { ...before, properties: { ...before.properties, ControlFlags: 0x8014, SACL: [] } };
  await services.execMethod('__SystemSecurity=@', 'SetSecurityDescriptor', { Descriptor: audited as never });
  const aces = before.properties.DACL.length;
  expect(aces).toBeGreaterThan(0);
  expect(await read(services)).toEqual({ returnValue: 0, saclPresent: true, SACL: [], aces });
  const token = logonToken(account(DISABLED), { remote: false });
  expect(await read(await open(service, NS, person('ann', { token })))).toEqual({
    returnValue: 0,
    saclPresent: false,
    SACL: null,
    aces,
  });
});

const EMPTY = { properties: { ControlFlags: 0, DACL: [] as unknown[], SACL: null as unknown[] | null } };
