import { NamespaceRight } from '@wmisec/access';
import {
  type AsyncWbemServices,
  defineClass,
  instanceOf,
  type Provider,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { open, person } from '../testing.ts';
import type { EmbeddedStub } from './embedded-stub.ts';
import { asyncOf, guardNamespace, RecordingSink, turns } from './testing.ts';

const thing = defineClass({
  name: 'Thing',
  properties: { Id: { type: 'uint32', key: true }, Note: 'string' },
});
const machine = defineClass({
  name: 'Acme_Machine',
  qualifiers: { dynamic: true, provider: 'Machines' },
  properties: { Id: { type: 'uint32', key: true } },
  methods: {
    Start: {
      in: { Speed: 'uint32' },
      out: { Actual: 'uint32' },
      returns: 'uint32',
      qualifiers: { static: true },
    },
    Stop: { returns: 'uint32', qualifiers: { static: true, disabled: true } },
    Ping: { qualifiers: { static: true } },
  },
});
const machines: Provider = {
  name: 'Machines',
  classes: [machine, alarm],
  enumerate: () => [Array.from({ length: 600 }, (_, Id) => ({ Id }))],
  getInstance: async (_, { Id }) => ({ Id: Id! }),
  execMethod: async (_, _keys, method, { Speed }) =>
    method === 'Start'
      ? { returnValue: 7, outParams: { Actual: Speed! } }
      : { returnValue: null, outParams: {} },
};

const OK = 'complete 0x0';
const DENIED = 'complete 0x80041003';
const ann = person('ann', { groups: [] });
const { WBEM_ENABLE, WBEM_METHOD_EXECUTE } = NamespaceRight;

let repository: Repository;
let service: EmbeddedService;
let services: WbemServices;
let asynchronous: AsyncWbemServices;
let sink: RecordingSink;

beforeEach(async () => {
  repository = memoryRepository();
  service = await createService({ providers: [machines], repository });
  services = await open(service, 'root\\cimv2');
  asynchronous = asyncOf(services);
  sink = new RecordingSink();
  await services.putClass(thing);
  await guardNamespace(repository, { rights: WBEM_ENABLE | WBEM_METHOD_EXECUTE });
});

afterEach(() => service[Symbol.asyncDispose]());

/** What the sink hears of a call, from its beginning to its end. */
async function heard(begin: (sink: RecordingSink) => Promise<void>): Promise<(string | number)[]> {
  await begin(sink);
  await sink.ended;
  await turns();
  return sink.log;
}

describe('what each call gives its sink', () => {
  test('getObjectAsync: the object, and one final status', async () => {
    expect(await heard((to) => asynchronous.getObjectAsync('Thing', to))).toEqual([1, OK]);
    expect(sink.objects).toMatchObject([{ kind: 'class', className: 'Thing' }]);
  });

  test('putInstanceAsync: the path of what was written', async () => {
    const object = instanceOf(thing, { Id: 4 });
    expect(await heard((to) => asynchronous.putInstanceAsync(object, to))).toEqual([OK]);
    expect((await sink.ended).text).toBe('Thing.Id=4');
    expect(await services.getObject('Thing.Id=4')).toMatchObject({ properties: { Id: 4 } });
  });

  test('putInstanceAsync minds the mode', async () => {
    const object = instanceOf(thing, { Id: 4 });
    const mode = 'updateOnly';
    expect(await heard((to) => asynchronous.putInstanceAsync(object, to, { mode }))).toEqual([
      'complete 0x80041002',
    ]);
  });

  test('deleteInstanceAsync: nothing but how it went', async () => {
    await services.putInstance(instanceOf(thing, { Id: 4 }));
    expect(await heard((to) => asynchronous.deleteInstanceAsync('Thing.Id=4', to))).toEqual([OK]);
    await expect(services.getObject('Thing.Id=4')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  });

  test('putClassAsync and deleteClassAsync', async () => {
    const other = defineClass({ name: 'Other', superclass: thing });
    expect(await heard((to) => asynchronous.putClassAsync(other, to))).toEqual([OK]);
    expect(await services.getObject('Other')).toMatchObject({ superclass: 'Thing' });
    sink = new RecordingSink();
    expect(await heard((to) => asynchronous.deleteClassAsync('Other', to))).toEqual([OK]);
    await expect(services.getObject('Other')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  });

  test('createClassEnumAsync: classes', async () => {
    await services.putClass(defineClass({ name: 'Other', superclass: thing }));
    expect(await heard((to) => asynchronous.createClassEnumAsync('Thing', to))).toEqual([1, OK]);
    expect(sink.objects).toMatchObject([{ className: 'Other' }]);
  });

  test('createInstanceEnumAsync and execQueryAsync: instances, many to a batch', async () => {
    expect(await heard((to) => asynchronous.createInstanceEnumAsync('Acme_Machine', to))).toEqual([
      256,
      256,
      88,
      OK,
    ]);
    sink = new RecordingSink();
    const query = 'SELECT * FROM Acme_Machine WHERE Id > 597';
    expect(await heard((to) => asynchronous.execQueryAsync(query, to))).toEqual([2, OK]);
    expect(sink.values('Id')).toEqual([598, 599]);
  });

  test('a query without rows: the final status alone', async () => {
    expect(await heard((to) => asynchronous.execQueryAsync('SELECT * FROM Thing', to))).toEqual([OK]);
  });

  test('execMethodAsync: the out-parameters as one object', async () => {
    const begin = (to: RecordingSink) =>
      asynchronous.execMethodAsync('Acme_Machine', 'Start', { Speed: 3 }, to);
    expect(await heard(begin)).toEqual([1, OK]);
    expect(sink.objects).toMatchObject([
      { shape: { className: '__PARAMETERS' }, properties: { Actual: 3, ReturnValue: 7 } },
    ]);
  });

  test('execMethodAsync of a method that gives nothing: the final status alone', async () => {
    expect(await heard((to) => asynchronous.execMethodAsync('Acme_Machine', 'Ping', {}, to))).toEqual([OK]);
  });

  test('execNotificationQueryAsync: events from the return of the call on, and no final status', async () => {
    await asynchronous.execNotificationQueryAsync('SELECT * FROM Acme_Alarm', sink);
    service.raise('Acme_Alarm', { Door: 1 });
    service.raise('Acme_Alarm', { Door: 2 });
    await turns();
    service.raise('Acme_Alarm', { Door: 3 });
    await turns();
    expect(sink.values('Door')).toEqual([1, 2, 3]);
    expect(sink.log.every((entry) => typeof entry === 'number')).toBe(true);
  });

  test('nothing arrives before the call has returned', async () => {
    const begun = asynchronous.getObjectAsync('Thing', sink);
    await begun;
    expect(sink.log).toEqual([]);
    await sink.ended;
  });
});

test('everybody else gets a turn between batches', async () => {
  const ids = Array.from({ length: 1000 }, (_, Id) => Id);
  await services.putInstances!(ids.map((Id) => instanceOf(thing, { Id })));
  let [passed, ended] = [0, false];
  void sink.ended.then(() => {
    ended = true;
  });
  await asynchronous.execQueryAsync('SELECT * FROM Thing', sink);
  for (; !ended; passed++) await turns(1);
  expect(sink.log).toEqual([256, 256, 256, 232, OK]);
  expect(passed).toBeGreaterThanOrEqual(4);
});

test('rules 3.7: progress is told only to who asks for it', async () => {
  const progress = (total: number, done: number) => `progress 0x${((total << 16) | done).toString(16)}`;
  const begin = (to: RecordingSink) =>
    asynchronous.createInstanceEnumAsync('Acme_Machine', to, { sendStatus: true });
  expect(await heard(begin)).toEqual([
    ...[progress(256, 0), 256],
    ...[progress(512, 256), 256],
    ...[progress(600, 512), 88],
    OK,
  ]);
});

describe('before the call has begun', () => {
  const untouched = async (begin: (to: EmbeddedStub) => Promise<void>, code: string) => {
    await using apartment = await service.transport().unsecuredApartment();
    const stub = await apartment.createSinkStub(sink, 'check');
    await expect(begin(stub)).rejects.toMatchObject({ code });
    await turns();
    expect(sink.log).toEqual([]);
    expect(stub.references).toBe(0);
    await expect(asynchronous.cancelAsyncCall(stub)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  };

  test.each<[string, string, (to: EmbeddedStub) => Promise<void>]>([
    ['a path', 'WBEM_E_INVALID_PARAMETER', (to) => asynchronous.getObjectAsync('', to)],
    ['a query', 'WBEM_E_INVALID_PARAMETER', (to) => asynchronous.execQueryAsync('', to)],
    ['a class', 'WBEM_E_INVALID_PARAMETER', (to) => asynchronous.putClassAsync(null as never, to)],
    ['an instance', 'WBEM_E_INVALID_PARAMETER', (to) => asynchronous.putInstanceAsync(null as never, to)],
    ['a method', 'WBEM_E_INVALID_PARAMETER', (to) => asynchronous.execMethodAsync('Thing', '', {}, to)],
    [
      'a query that is not too long',
      'WBEM_E_QUOTA_VIOLATION',
      (to) => asynchronous.execNotificationQueryAsync(`SELECT * FROM ${'A'.repeat(0x4000)}`, to),
    ],
  ])('AC-3.8 without %s the call fails and the sink is untouched', (_, code, begin) =>
    untouched(begin, code),
  );

  test.each([
    null,
    undefined,
    {},
    5,
    { indicate: () => {} },
    { stubOf: {}, check: 'check' },
    { stubOf: {}, indicate: () => {}, setStatus: () => {} },
  ])('AC-3.8 %j is no sink of this client', async (given) => {
    await expect(asynchronous.getObjectAsync('Thing', given as never)).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_PARAMETER',
    });
  });

  test('AC-3.8 without the right to read the call fails and the sink is untouched', async () => {
    const forAnn = asyncOf(await open(service, 'root\\cimv2', ann));
    await guardNamespace(repository);
    await untouched((to) => forAnn.getObjectAsync('Thing', to), 'WBEM_E_ACCESS_DENIED');
    await untouched((to) => forAnn.execNotificationQueryAsync('x', to), 'WBEM_E_ACCESS_DENIED');
  });

  test('AC-14.4 without METHOD_EXECUTE execMethodAsync itself fails, and the sink is untouched', async () => {
    const forAnn = asyncOf(await open(service, 'root\\cimv2', ann));
    await guardNamespace(repository, { rights: WBEM_ENABLE });
    const begin = (to: EmbeddedStub) => forAnn.execMethodAsync('Acme_Machine', 'Start', { Speed: 1 }, to);
    await untouched(begin, 'WBEM_E_ACCESS_DENIED');
    await expect(begin(sink as never)).rejects.toMatchObject({
      refusal: { missing: ['WBEM_METHOD_EXECUTE'] },
    });
  });

  test('AC-14.9 deleteInstanceAsync of a path that does not exist fails itself, and the sink is untouched', () =>
    untouched((to) => asynchronous.deleteInstanceAsync('Thing.Id=9', to), 'WBEM_E_NOT_FOUND'));
});

describe('after the call has begun, with one final status and nothing after it', () => {
  test('AC-14.3 putInstanceAsync to a class with a system ancestor without FULL_WRITE', async () => {
    const forAnn = asyncOf(await open(service, 'root\\cimv2', ann));
    const filter = { shape: { className: '__EventFilter', derivation: [], properties: [] } };
    const object = { kind: 'instance', ...filter, properties: { Name: 'x' }, path: null } as const;
    expect(await heard((to) => forAnn.putInstanceAsync(object, to))).toEqual([DENIED]);
    expect((await sink.ended).extendedStatus).toMatchObject({
      Operation: 'putInstanceAsync',
      StatusCode: WbemStatus.WBEM_E_ACCESS_DENIED,
      Description: expect.stringContaining('WBEM_FULL_WRITE'),
    });
  });

  test.each<[string, (asAnn: AsyncWbemServices, to: RecordingSink) => Promise<void>]>([
    ['putClassAsync', (asAnn, to) => asAnn.putClassAsync(defineClass({ name: 'Mine' }), to)],
    ['deleteClassAsync', (asAnn, to) => asAnn.deleteClassAsync('Thing', to)],
    ['putInstanceAsync', (asAnn, to) => asAnn.putInstanceAsync(instanceOf(thing, { Id: 1 }), to)],
    ['deleteInstanceAsync', (asAnn, to) => asAnn.deleteInstanceAsync('Thing.Id=7', to)],
  ])('AC-14.1 without the right to write, %s says so through its sink', async (_, begin) => {
    await services.putInstance(instanceOf(thing, { Id: 7 }));
    const forAnn = asyncOf(await open(service, 'root\\cimv2', ann));
    expect(await heard((to) => begin(forAnn, to))).toEqual([DENIED]);
  });

  test('AC-14.9 execMethodAsync of a disabled method', async () => {
    expect(await heard((to) => asynchronous.execMethodAsync('Acme_Machine', 'Stop', {}, to))).toEqual([
      'complete 0x80041056',
    ]);
  });

  test('rules 14: putClassAsync minds underscores only then', async () => {
    const begin = (to: RecordingSink) => asynchronous.putClassAsync({ ...thing, className: '_X' }, to);
    expect(await heard(begin)).toEqual(['complete 0x80041016']);
  });

  test('AC-5.11 a query for what is no event class: the call returns, then one status, and the sink is released', async () => {
    await using apartment = await service.transport().unsecuredApartment();
    const stub = await apartment.createSinkStub(sink, 'default');
    await asynchronous.execNotificationQueryAsync('SELECT * FROM Thing', stub);
    expect(stub.references).toBe(1);
    expect((await sink.ended).status).toBe(WbemStatus.WBEM_E_NOT_EVENT_CLASS);
    await turns();
    expect(sink.log).toEqual(['complete 0x80041059']);
    expect(stub.references).toBe(0);
  });

  test.each([
    ['SELECT * FROM Nowhere', 'complete 0x80041010'],
    ['SELECT * FROM __InstanceCreationEvent WHERE TargetInstance ISA "Acme_Machine"', 'complete 0x80042002'],
    ['SELECT * FROM Acme_Alarm GROUP BY Door', 'complete 0x8004105a'],
    ['SELECT', 'complete 0x80041017'],
  ])('rules 5.6: the event query %s', async (query, status) => {
    expect(await heard((to) => asynchronous.execNotificationQueryAsync(query, to))).toEqual([status]);
  });

  test('a data query that cannot be read', async () => {
    expect(await heard((to) => asynchronous.execQueryAsync('SELECT', to))).toEqual(['complete 0x80041017']);
  });

  test('a right that is taken away while rows come ends them', async () => {
    const forAnn = asyncOf(await open(service, 'root\\cimv2', ann));
    const taking = new RecordingSink();
    const indicate = taking.indicate.bind(taking);
    let taken: Promise<void> | undefined;
    taking.indicate = (objects) => {
      indicate(objects);
      taken ??= guardNamespace(repository);
      return taken as never;
    };
    await forAnn.execQueryAsync('SELECT * FROM Acme_Machine', taking);
    await taking.ended;
    expect(taking.log).toEqual([256, DENIED]);
  });
});
