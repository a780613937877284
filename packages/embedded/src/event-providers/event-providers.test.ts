import {
  subscribe as subscribeToChannel,
  unsubscribe as unsubscribeFromChannel,
} from 'node:diagnostics_channel';
import { encodeSecurityDescriptor, parseSddl } from '@wmisec/access';
import {
  type CimClass,
  defineClass,
  type EventProvider,
  type EventSink,
  instanceOf,
  type ProvidedEvent,
  type Subscriber,
  WbemError,
  WbemStatus,
  WmisecError,
} from '@wmisec/wbem';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { REFUSAL_CHANNEL, type RefusalRecord } from '../audit/refusal-record.ts';
import { alarm, descriptorBytes, ManualTimers, received } from '../events/testing.ts';
import { install, settled } from '../permanent/testing.ts';
import { createService, type EmbeddedService, type ServiceOptions } from '../service/create-service.ts';
import { LOCAL_SYSTEM } from '../service/local-system.ts';
import { eventConsumerClass } from '../system-classes/event-classes.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, open, person } from '../testing.ts';

const ann = person('ann', { groups: [AUTHENTICATED_USERS, ADMINISTRATORS] });
const ben = person('ben');
const TO_ADMINISTRATORS = 'O:BAG:BAD:(A;;0x40;;;BA)';
const ALARMS = 'SELECT * FROM Acme_Alarm';

const pager = defineClass({
  name: 'Acme_Pager',
  superclass: eventConsumerClass,
  properties: { Name: { type: 'string', key: true } },
});

let service: EmbeddedService;
let sink: EventSink;

afterEach(() => service[Symbol.asyncDispose]());

async function start(events: Partial<EventProvider> = {}, options: ServiceOptions = {}) {
  const provideEvents = vi.fn<EventProvider['provideEvents']>((given) => {
    sink = given;
  });
  const provider = {
    name: 'Alarms',
    classes: [alarm],
    events: { queries: [ALARMS], provideEvents, ...events },
  };
  service = await createService({ providers: [provider], ...options });
  return provideEvents;
}

async function subscribe(as = ann, query = ALARMS) {
  return (await open(service, 'root\\cimv2', as)).execNotificationQuery(query);
}

function door(Door: number, properties: ProvidedEvent['properties'] = {}): ProvidedEvent {
  return { className: 'Acme_Alarm', properties: { Door, ...properties } };
}

const bytes = (sddl: string) => encodeSecurityDescriptor(parseSddl(sddl));

async function doorsOf(rows: Awaited<ReturnType<typeof subscribe>>) {
  return (await received(rows)).map(({ properties }) => properties['Door']);
}

test('a provider gets its sink and namespace when the service starts, and raises events through it', async () => {
  const provideEvents = await start();
  const rows = await subscribe();
  sink.indicate([door(1), door(2)]);
  expect(await doorsOf(rows)).toEqual([1, 2]);
  expect(provideEvents.mock.calls[0]![1]).toBe('root\\cimv2');
});

describe('rules 5.3: who may subscribe', () => {
  const administratorsOnly = (_query: string, { caller }: Subscriber) =>
    caller?.token?.groups?.includes(ADMINISTRATORS)
      ? WbemStatus.WBEM_S_NO_ERROR
      : WbemStatus.WBEM_E_ACCESS_DENIED;

  test('a provider that comes later has its say about who subscribed before it came', async () => {
    const NAME = 'Latecomer';
    service = await createService({ providers: [] });
    await using services = await open(service, 'root\\cimv2');
    const cls = (await services.getObject('__Win32Provider')) as CimClass;
    await services.putInstance(instanceOf(cls, { Name: NAME, HostingModel: 'Decoupled:Com' }));
    const everything = 'SELECT * FROM __ExtrinsicEvent';
    const early = await subscribe(ben, everything);
    let answer: number = WbemStatus.WBEM_S_NO_ERROR;
    const events: EventProvider = {
      queries: [ALARMS],
      provideEvents: (given) => {
        sink = given;
      },
      accessCheck: () => answer,
    };
    const latecomer = { name: NAME, classes: [alarm], events };
    const first = await service.register(latecomer, { as: LOCAL_SYSTEM });
    sink.indicate([door(1)]);
    expect(await doorsOf(early)).toEqual([1]);
    first.unregister();
    answer = WbemStatus.WBEM_E_ACCESS_DENIED;
    await service.register(latecomer, { as: LOCAL_SYSTEM });
    sink.indicate([door(2)]);
    await expect(doorsOf(early)).rejects.toMatchObject({ hresult: 0x80041003 });
  });

  test('AC-5.1 a provider that denies a user fails the subscription, and lets an administrator in', async () => {
    await start({ accessCheck: administratorsOnly });
    await expect(subscribe(ben)).rejects.toMatchObject({
      hresult: 0x80041003,
      refusal: { gate: 'provider', missing: ['WBEM_RIGHT_SUBSCRIBE'] },
    });
    const rows = await subscribe(ann);
    sink.indicate([door(1)]);
    expect(await doorsOf(rows)).toEqual([1]);
  });

  test('a subscription that a provider refuses is audited', async () => {
    const records: RefusalRecord[] = [];
    const listen = (record: unknown) => void records.push(record as RefusalRecord);
    subscribeToChannel(REFUSAL_CHANNEL, listen);
    await start({ accessCheck: administratorsOnly });
    await expect(subscribe(ben)).rejects.toThrow();
    unsubscribeFromChannel(REFUSAL_CHANNEL, listen);
    expect(records).toMatchObject([{ gate: 'provider', operation: 'execNotificationQuery' }]);
  });

  test('a subscription to a class above is asked for too, and one to something else is not', async () => {
    const accessCheck = vi.fn(() => WbemStatus.WBEM_E_ACCESS_DENIED);
    await start({ accessCheck });
    await expect(subscribe(ann, 'SELECT * FROM __ExtrinsicEvent')).rejects.toMatchObject({
      code: 'WBEM_E_ACCESS_DENIED',
    });
    await subscribe(ann, 'SELECT * FROM __TimerEvent');
    expect(accessCheck).toHaveBeenCalledTimes(1);
  });

  test('AC-5.9 of a temporary consumer the provider sees the token and no SID, with the query as it was given', async () => {
    const asked: Subscriber[] = [];
    const accessCheck = vi.fn((_query: string, subscriber: Subscriber) => {
      asked.push(subscriber);
      return WbemStatus.WBEM_S_NO_ERROR;
    });
    await start({ accessCheck });
    await subscribe(ben, `${ALARMS} WHERE Door > 1`);
    expect(accessCheck.mock.calls[0]![0]).toBe(`${ALARMS} WHERE Door > 1`);
    expect(asked).toMatchObject([
      { kind: 'temporary', sid: null, caller: { sid: ben.token.user, token: ben.token } },
    ]);
  });

  test('AC-5.9 of a permanent consumer the provider sees the SID of the creator and no token', async () => {
    const asked: Subscriber[] = [];
    const accessCheck = (_query: string, subscriber: Subscriber) => {
      asked.push(subscriber);
      return WbemStatus.WBEM_S_NO_ERROR;
    };
    await start({ accessCheck }, { consumers: { custom: { Acme_Pager: () => {} } } });
    await (await open(service, 'root\\subscription')).putClass(pager);
    await install(service);
    await settled();
    expect(asked).toEqual([{ kind: 'permanent', sid: ADMINISTRATORS, caller: null }]);
  });

  test('AC-5.10 with WBEM_S_SUBJECT_TO_SDS the subscription succeeds and each event is filtered by its own', async () => {
    await start({ accessCheck: () => WbemStatus.WBEM_S_SUBJECT_TO_SDS });
    const [administrator, user] = [await subscribe(ann), await subscribe(ben)];
    sink.indicate([door(1), door(2, { SECURITY_DESCRIPTOR: descriptorBytes(TO_ADMINISTRATORS) })]);
    expect(await doorsOf(administrator)).toEqual([1, 2]);
    expect(await doorsOf(user)).toEqual([1]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['answers with something else', () => 1],
    ['promises an answer', async () => WbemStatus.WBEM_S_NO_ERROR],
    ['answers nothing', () => undefined],
  ])('a provider that %s lets nobody subscribe, and its words stay inside', async (_what, accessCheck) => {
    await start({ accessCheck: accessCheck as never });
    const error: unknown = await subscribe(ann).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
    expect(JSON.stringify(error)).not.toContain('broken');
  });

  test('a refusal that the provider explains reaches the subscriber', async () => {
    const refusal = { gate: 'provider', missing: ['a badge'], ace: null, fix: 'get a badge' };
    const accessCheck = () => {
      throw new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, 'no', { refusal });
    };
    await start({ accessCheck });
    await expect(subscribe(ann)).rejects.toMatchObject({ refusal });
  });
});

describe('rules 5.4: sinks', () => {
  test('AC-5.2 the descriptor of a sink keeps its events from who lacks WBEM_RIGHT_SUBSCRIBE, silently', async () => {
    await start();
    const [administrator, user] = [await subscribe(ann), await subscribe(ben)];
    sink.setSinkSecurity(bytes(TO_ADMINISTRATORS));
    sink.indicate([door(1)]);
    expect(await doorsOf(administrator)).toEqual([1]);
    expect(await doorsOf(user)).toEqual([]);
  });

  test.each(['D:(A;;0x40;;;WD)', 'O:BAD:(A;;0x40;;;WD)'])(
    'a descriptor without owner or group is refused, and the one before stays in force: %s',
    async (sddl) => {
      await start();
      const user = await subscribe(ben);
      sink.setSinkSecurity(bytes(TO_ADMINISTRATORS));
      expect(() => sink.setSinkSecurity(bytes(sddl))).toThrow(
        expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER' }),
      );
      expect(() => sink.setSinkSecurity(Uint8Array.of(1, 2, 3))).toThrow(WbemError);
      sink.indicate([door(1)]);
      expect(await doorsOf(user)).toEqual([]);
    },
  );

  test('a restricted sink takes the events of its queries, with a descriptor of its own', async () => {
    await start();
    const user = await subscribe(ben);
    sink.setSinkSecurity(bytes(TO_ADMINISTRATORS));
    const front = sink.restrict([`${ALARMS} WHERE Door = 1`]);
    front.indicate([door(1)]);
    expect(await doorsOf(user)).toEqual([]);
    front.setSinkSecurity(bytes('O:BAG:BAD:(A;;0x40;;;AU)'));
    front.indicate([door(1)]);
    sink.indicate([door(2)]);
    expect(await doorsOf(user)).toEqual([1]);
    expect(() => front.indicate([door(2)])).toThrow(
      expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER' }),
    );
  });

  test.each([[[]], [['SELECT * FROM __ExtrinsicEvent']], [['nonsense']]])(
    'a sink is restricted to what the provider registered for: %o',
    async (queries) => {
      await start();
      expect(() => sink.restrict(queries)).toThrow(WmisecError);
    },
  );

  test('an unrestricted sink is always active, a restricted one while somebody listens', async () => {
    await start();
    const restricted = sink.restrict([ALARMS]);
    expect([sink.isActive(), restricted.isActive()]).toEqual([true, false]);
    const rows = await subscribe();
    expect(restricted.isActive()).toBe(true);
    await rows[Symbol.asyncDispose]();
    expect(restricted.isActive()).toBe(false);
  });

  test.each([
    [{ className: 'Acme_Nothing', properties: {} }, 'WBEM_E_INVALID_CLASS'],
    [{ className: '__TimerEvent', properties: {} }, 'WBEM_E_INVALID_OPERATION'],
    [{ className: 'Acme_Alarm', properties: { Door: 'one' } }, 'WBEM_E_TYPE_MISMATCH'],
    [{ className: 'Acme_Alarm', properties: { SECURITY_DESCRIPTOR: [1] } }, 'WBEM_E_INVALID_PARAMETER'],
  ])('an event that cannot be is refused, and none of its batch is raised: %o', async (event, code) => {
    await start();
    const rows = await subscribe();
    expect(() => sink.indicate([door(1), event as ProvidedEvent])).toThrow(expect.objectContaining({ code }));
    expect(await doorsOf(rows)).toEqual([]);
  });

  test('a batch that must be gathered is sent when it is due, or full', async () => {
    const timers = new ManualTimers();
    await start({}, { timers });
    const rows = await subscribe();
    sink.setBatching({ mode: 'must', maxLatency: 100, maxBuffer: 100_000 });
    sink.indicate([door(1)]);
    sink.indicate([door(2)]);
    expect(await doorsOf(rows)).toEqual([]);
    await timers.advance(100);
    expect(await doorsOf(rows)).toEqual([1, 2]);
    sink.indicate([door(3, { Note: 'x'.repeat(100_000) })]);
    expect(await doorsOf(rows)).toEqual([3]);
    expect(() => sink.setBatching({ mode: 'must', maxLatency: -1 })).toThrow(WbemError);
  });

  test('after the end of the service a sink takes nothing more', async () => {
    await start();
    await service[Symbol.asyncDispose]();
    expect(() => sink.indicate([door(1)])).toThrow(expect.objectContaining({ code: 'WBEM_E_SHUTTING_DOWN' }));
  });
});

describe('rules 5.5: duties', () => {
  test('a provider is told of each query when somebody listens, and when they stop', async () => {
    const told: unknown[] = [];
    const newQuery = (id: number, text: string) => void told.push(['new', id, text]);
    const cancelQuery = (id: number) => void told.push(['cancel', id]);
    await start({ newQuery, cancelQuery });
    const first = await subscribe(ann, `${ALARMS} WHERE Door = 1`);
    const second = await subscribe(ben);
    await first[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    expect(told).toEqual([
      ['new', 1, `${ALARMS} WHERE Door = 1`],
      ['new', 2, ALARMS],
      ['cancel', 1],
      ['cancel', 2],
    ]);
  });

  test.each(['SELECT * FROM __ExtrinsicEvent', 'SELECT * FROM __Event', 'SELECT * FROM __TimerEvent'])(
    'a provider cannot register for more than its own events: %s',
    async (query) => {
      await expect(start({ queries: [query] })).rejects.toMatchObject({ hresult: 0x80042001 });
      await start();
    },
  );

  test('what a provider throws when it is told ends there', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    await start({ newQuery: broken, cancelQuery: broken, provideEvents: async () => broken() });
    const rows = await subscribe();
    service.raise('Acme_Alarm', { Door: 1 });
    expect(await doorsOf(rows)).toEqual([1]);
    await rows[Symbol.asyncDispose]();
  });
});
