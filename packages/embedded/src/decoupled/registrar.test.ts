import { getEventListeners } from 'node:events';
import {
  type Caller,
  type CimClass,
  defineClass,
  instanceOf,
  type Provider,
  type Subscriber,
  WbemError,
} from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import { Server } from '../server/server.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { LOCAL_SYSTEM } from '../service/local-system.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, all, open, person } from '../testing.ts';
import { Registrar } from './registrar.ts';

const admin = person('ann', { groups: [AUTHENTICATED_USERS, ADMINISTRATORS] });
const user = person('ben');
const BY_ADMINISTRATORS = 'O:BAG:BAD:(A;;0x1;;;BA)';

const KEYS = { Id: { type: 'uint32', key: true } } as const;

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: { Id: { type: 'uint32', key: true } },
});

function doors(changes: Partial<Provider> = {}): Provider {
  return { name: 'Doors', classes: [door], enumerate: () => [[{ Id: 1 }]], ...changes };
}

let service: EmbeddedService;
beforeEach(async () => {
  service = await createService({ providers: [] });
});
afterEach(() => service[Symbol.asyncDispose]());

/** Writes the `__Win32Provider`, as an administrator does. */
async function install(properties: Readonly<Record<string, unknown>> = {}) {
  await using services = await open(service, 'root\\cimv2');
  const cls = (await services.getObject('__Win32Provider')) as CimClass;
  await services.putInstance(
    instanceOf(cls, { Name: 'Doors', HostingModel: 'Decoupled:Com', ...properties }),
  );
}

async function readDoors(as = admin) {
  await using services = await open(service, 'root\\cimv2', as);
  return (await all(services.createInstanceEnum('Acme_Door'))).map(({ path }) => path);
}

test('AC-9.13 without a SecurityDescriptor LocalSystem registers, and an administrator does not', async () => {
  await install();
  await expect(service.register(doors(), { as: admin })).rejects.toMatchObject({
    hresult: 0x80041003,
    refusal: { gate: 'decoupled-registration' },
  });
  await service.register(doors(), { as: LOCAL_SYSTEM });
  expect(await readDoors()).toEqual(['Acme_Door.Id=1']);
});

test('AC-9.13 with a descriptor for administrators the administrator registers, and a user does not', async () => {
  await install({ SecurityDescriptor: BY_ADMINISTRATORS });
  await expect(service.register(doors(), { as: user })).rejects.toMatchObject({
    code: 'WBEM_E_ACCESS_DENIED',
  });
  await service.register(doors(), { as: admin });
  expect(await readDoors()).toEqual(['Acme_Door.Id=1']);
});

test('AC-9.14 a second registration under the same name is refused, and the first goes on', async () => {
  await install({ SecurityDescriptor: BY_ADMINISTRATORS });
  const first = await service.register(doors(), { as: admin });
  await expect(service.register(doors(), { as: admin })).rejects.toMatchObject({ hresult: 0x80041084 });
  expect(await readDoors()).toHaveLength(1);
  first.unregister();
  await service.register(doors(), { as: admin });
});

test('after it is unregistered its class is gone, and a second time there is nothing to unregister', async () => {
  await install({ SecurityDescriptor: BY_ADMINISTRATORS });
  const registered = await service.register(doors(), { as: admin });
  registered.unregister();
  await expect(readDoors()).rejects.toMatchObject({ code: 'WBEM_E_INVALID_CLASS' });
  expect(() => registered.unregister()).toThrow(expect.objectContaining({ hresult: 0x80041085 }));
  registered[Symbol.dispose]();
});

describe('what registers nothing', () => {
  test('a name without a __Win32Provider', async () => {
    await expect(service.register(doors(), { as: LOCAL_SYSTEM })).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_NOT_FOUND',
    });
  });

  test.each(['NetworkServiceHost', 'Decoupled:NonCom', 'nonsense'])(
    'a __Win32Provider with the hosting model %s',
    async (HostingModel) => {
      await install({ HostingModel });
      await expect(service.register(doors(), { as: LOCAL_SYSTEM })).rejects.toMatchObject({
        hresult: 0x80041012,
      });
    },
  );

  test('classes that do not go with those that are there', async () => {
    await install();
    const clashing = doors({ classes: [{ ...door, className: '__Event' }] });
    await expect(service.register(clashing, { as: LOCAL_SYSTEM })).rejects.toMatchObject({
      code: 'WBEM_E_ALREADY_EXISTS',
    });
    await service.register(doors(), { as: LOCAL_SYSTEM });
  });

  test('rules 5.5: events, by one who may not write to the namespace', async () => {
    await install({ SecurityDescriptor: 'O:BAG:BAD:(A;;0x1;;;AU)' });
    const events = { queries: ['SELECT * FROM Acme_Alarm'], provideEvents: () => {} };
    const alarms = doors({ classes: [door, alarm], events });
    await expect(service.register(alarms, { as: user })).rejects.toMatchObject({
      code: 'WBEM_E_ACCESS_DENIED',
      refusal: { gate: 'namespace-rights', missing: ['WBEM_FULL_WRITE_REP'] },
    });
  });
});

describe('rules 9.11: whom a decoupled provider sees', () => {
  async function seen(HostingModel: string): Promise<Caller> {
    await install({ HostingModel });
    let caller: Caller | undefined;
    const enumerate: Provider['enumerate'] = (_class, request) => {
      caller = request.caller;
      return [];
    };
    await service.register(doors({ enumerate }), { as: LOCAL_SYSTEM });
    await readDoors(user);
    return caller!;
  }

  test('with folded identities nobody but the service', async () => {
    expect(await seen('Decoupled:Com')).toEqual({
      ...{ sid: 'S-1-5-18', remote: false, token: null },
      authnLevel: 6,
      impLevel: 3,
    });
  });

  test('without folding the caller, whom it can impersonate', async () => {
    expect(await seen('Decoupled:Com:FoldIdentity(FALSE)')).toMatchObject({
      sid: user.token.user,
      token: user.token,
      impersonate: expect.any(Function),
    });
  });
});

test('AC-5.9 a decoupled event provider gets no token of a subscriber', async () => {
  await install({ HostingModel: 'Decoupled:Com:FoldIdentity(FALSE)' });
  const asked: Subscriber[] = [];
  const events = {
    queries: ['SELECT * FROM Acme_Alarm'],
    provideEvents: () => {},
    accessCheck: (_query: string, subscriber: Subscriber) => asked.push(subscriber) - 1,
  };
  await service.register(doors({ classes: [door, alarm], events }), { as: LOCAL_SYSTEM });
  await using services = await open(service, 'root\\cimv2', user);
  await services.execNotificationQuery('SELECT * FROM Acme_Alarm');
  expect(asked).toEqual([{ kind: 'decoupled', sid: null, caller: null }]);
});

test('a provider that leaves in the middle of a call ends that call at once, and no other', async () => {
  await install({ SecurityDescriptor: BY_ADMINISTRATORS });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const registered = await service.register(
    doors({
      enumerate: () => {
        begin();
        return new Promise<never>(() => {}) as never;
      },
    }),
    { as: admin },
  );
  const reading = readDoors();
  await begun;
  registered.unregister();
  await expect(reading).rejects.toMatchObject({ code: 'WBEM_E_PROVIDER_DISABLED' });
  await using services = await open(service, 'root\\cimv2', admin);
  await services.getObject('__Event');
});

test('a namespace that a provider needs is made with the descriptor that it says', async () => {
  const namespaceSecurity = 'O:BAG:BAD:(A;CI;0x1;;;AU)';
  const acme = { provider: doors(), namespace: 'root\\acme', namespaceSecurity };
  await using other = await createService({ providers: [acme] });
  await using services = await open(other, 'root\\acme', user);
  expect(await all(services.createInstanceEnum('Acme_Door'))).toHaveLength(1);
  await expect(
    createService({ providers: [{ provider: doors(), namespace: 'root\\acme' }] }),
  ).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_NAMESPACE',
  });
});

describe('classes that the namespace has stored', () => {
  const store = async (provider: string | null) => {
    await using services = await open(service, 'root\\cimv2');
    const qualifiers = provider === null ? {} : { dynamic: true, provider };
    await services.putClass(defineClass({ ...{ name: 'Acme_Door', qualifiers }, properties: KEYS }));
  };

  test.each([null, 'Others'])('of %s are not taken over by who may register only', async (other) => {
    await install({ SecurityDescriptor: BY_ADMINISTRATORS });
    await store(other);
    await expect(service.register(doors(), { as: admin })).rejects.toMatchObject({
      code: 'WBEM_E_ALREADY_EXISTS',
    });
  });

  test('of its own are what it serves', async () => {
    await install({ SecurityDescriptor: BY_ADMINISTRATORS });
    await store('Doors');
    await service.register(doors(), { as: admin });
    expect(await readDoors()).toEqual(['Acme_Door.Id=1']);
  });
});

test('a registration that fails leaves nothing behind', async () => {
  await using repository = memoryRepository();
  await using owner = await createService({ providers: [], repository });
  service = owner;
  await install();
  const server = new Server(repository, []);
  const listening = () => getEventListeners(server.signal, 'abort').length;
  const before = listening();
  const clashing = doors({ classes: [{ ...door, className: '__Event' }] });
  expect(() => new Registrar(server).register(clashing, 'root\\cimv2', LOCAL_SYSTEM)).toThrow(WbemError);
  expect(listening()).toBe(before);
});
