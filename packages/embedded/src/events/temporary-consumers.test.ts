import { parseSddl } from '@wmisec/access';
import { defineClass, instanceOf, type Provider, WbemStatus } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, open, person } from '../testing.ts';
import { alarm, descriptorBytes, received } from './testing.ts';

const ADMINISTRATORS_ONLY = descriptorBytes('O:BAG:BAD:(A;;0x40;;;BA)');
const ALARMS = 'SELECT * FROM Acme_Alarm';
const alarms: Provider = { name: 'Alarms', classes: [alarm] };
const ann = person('ann');
const admin = person('adm', { groups: [AUTHENTICATED_USERS, ADMINISTRATORS] });

let service: EmbeddedService;

beforeEach(async () => {
  service = await createService({ providers: [alarms] });
});

afterEach(() => service[Symbol.asyncDispose]());

const subscribe = async (as = ann, query = ALARMS) =>
  (await open(service, 'root\\cimv2', as)).execNotificationQuery(query);

describe('who receives an event', () => {
  test('AC-5.3 with a null descriptor everyone who subscribed, with one for administrators only they', async () => {
    const [forAnn, forAdmin] = [await subscribe(ann), await subscribe(admin)];
    service.raise('Acme_Alarm', { Door: 1 });
    service.raise('Acme_Alarm', { Door: 2, SECURITY_DESCRIPTOR: ADMINISTRATORS_ONLY });
    expect((await received(forAnn)).map((e) => e.properties['Door'])).toEqual([1]);
    expect((await received(forAdmin)).map((e) => e.properties['Door'])).toEqual([1, 2]);
  });

  test('each event is filtered by its own descriptor', async () => {
    const rows = await subscribe(ann);
    const forUser = (sid: string) => descriptorBytes(`O:BAG:BAD:(A;;0x40;;;${sid})`);
    service.raise('Acme_Alarm', { Door: 1, SECURITY_DESCRIPTOR: forUser('AU') });
    service.raise('Acme_Alarm', { Door: 2, SECURITY_DESCRIPTOR: forUser('SY') });
    service.raise('Acme_Alarm', { Door: 3, SECURITY_DESCRIPTOR: forUser(String(ann.token.user)) });
    expect((await received(rows)).map((e) => e.properties['Door'])).toEqual([1, 3]);
  });

  test('AC-5.2 whom the descriptor of the sink leaves out receives nothing and gets no error', async () => {
    const [forAnn, forAdmin] = [await subscribe(ann), await subscribe(admin)];
    const sinkSecurity = parseSddl('O:BAG:BAD:(A;;0x40;;;BA)');
    service.raise('Acme_Alarm', { Door: 1 }, { sinkSecurity });
    const nobody = descriptorBytes('O:BAG:BAD:');
    service.raise('Acme_Alarm', { Door: 2, SECURITY_DESCRIPTOR: nobody }, { sinkSecurity });
    expect(await received(forAnn)).toEqual([]);
    expect((await received(forAdmin)).map((e) => e.properties['Door'])).toEqual([1]);
  });

  test('the descriptor of a sink has a group', () => {
    const sinkSecurity = parseSddl('O:BAD:(A;;0x40;;;BA)');
    expect(() => service.raise('Acme_Alarm', {}, { sinkSecurity })).toThrow(
      expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER' }),
    );
  });

  test('a null DACL lets everyone receive, an empty one nobody, not even administrators', async () => {
    const rows = await subscribe(admin);
    service.raise('Acme_Alarm', {
      Door: 1,
      SECURITY_DESCRIPTOR: descriptorBytes('O:BAG:BAD:NO_ACCESS_CONTROL'),
    });
    service.raise('Acme_Alarm', { Door: 2, SECURITY_DESCRIPTOR: descriptorBytes('O:BAG:BAD:') });
    expect((await received(rows)).map((e) => e.properties['Door'])).toEqual([1]);
  });

  test('other rights than WBEM_RIGHT_SUBSCRIBE do not let an event through', async () => {
    const rows = await subscribe();
    service.raise('Acme_Alarm', { SECURITY_DESCRIPTOR: descriptorBytes('O:BAG:BAD:(A;;0x6003f;;;WD)') });
    expect(await received(rows)).toEqual([]);
  });

  test('a column list does not hide the descriptor from the check', async () => {
    const rows = await subscribe(ann, 'SELECT Door FROM Acme_Alarm');
    service.raise('Acme_Alarm', { Door: 1, SECURITY_DESCRIPTOR: ADMINISTRATORS_ONLY });
    service.raise('Acme_Alarm', { Door: 2 });
    expect((await received(rows)).map((e) => e.properties)).toEqual([{ Door: 2 }]);
  });

  test('a descriptor that is none is refused before anybody gets the event', async () => {
    const rows = await subscribe(admin);
    const raise = (SECURITY_DESCRIPTOR: number[]) => () =>
      service.raise('Acme_Alarm', { SECURITY_DESCRIPTOR });
    for (const bytes of [[], [1, 2, 3], descriptorBytes('D:(A;;0x40;;;WD)')])
      expect(raise(bytes)).toThrow(expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER' }));
    expect(await received(rows)).toEqual([]);
  });
});

describe('what is received', () => {
  test('events of the class and of those below it, with the time of their creation', async () => {
    const now = new Date('2026-01-01T00:00:00Z');
    await using timed = await createService({ providers: [alarms], clock: { now: () => now } });
    const services = await open(timed, 'root\\cimv2');
    const rows = await services.execNotificationQuery(
      'SELECT * FROM __ExtrinsicEvent WHERE TIME_CREATED > 0',
    );
    timed.raise('acme_alarm', { Door: 2 });
    const [event, ...others] = await received(rows);
    expect(others).toEqual([]);
    expect(event!.properties).toMatchObject({ Door: 2, TIME_CREATED: 134116992000000000n });
  });

  test('next waits for the first event, and a cancelled one takes none', async () => {
    const rows = await subscribe();
    await expect(rows.next(1, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
    const next = rows.next(10);
    service.raise('Acme_Alarm', { Door: 7 });
    const { objects, done } = await next;
    expect(objects.map((e) => e.properties['Door'])).toEqual([7]);
    expect(done).toBe(false);
  });

  test('what one subscriber leaves waiting is bounded, told to it and counted; another misses nothing', async () => {
    const [slow, quick] = [await subscribe(), await subscribe()];
    const Note = 'x'.repeat(3 * 1024 * 1024);
    for (let Door = 1; Door <= 4; Door++) {
      service.raise('Acme_Alarm', { Door, Note });
      expect((await received(quick)).length).toBe(1);
    }
    expect(service.eventCounts()).toEqual({ subscriptions: 2, queued: 3, lost: 1 });
    const batch = await slow.next(10);
    expect(batch.objects.map((e) => e.properties['Door'])).toEqual([1, 2, 3]);
    expect(batch.status).toBe(WbemStatus.WBEM_S_PARTIAL_RESULTS);
    service.raise('Acme_Alarm', { Door: 5 });
    expect((await slow.next(10)).status).toBe(WbemStatus.WBEM_S_NO_ERROR);
  });

  test('twenty that never ask hold no more together than ten would', async () => {
    for (let i = 0; i < 20; i++) await subscribe();
    const Note = 'x'.repeat(2 * 1024 * 1024);
    for (let Door = 0; Door < 3; Door++) service.raise('Acme_Alarm', { Door, Note });
    expect(service.eventCounts()).toEqual({ subscriptions: 20, queued: 40, lost: 20 });
  });

  test('an enumerator of events goes forward only', async () => {
    const rows = await subscribe();
    for (const call of [() => rows.reset(), () => rows.clone()])
      await expect(call()).rejects.toMatchObject({ code: 'WBEM_E_INVALID_OPERATION' });
    for (const Door of [1, 2]) service.raise('Acme_Alarm', { Door });
    await rows.skip(1);
    expect((await received(rows)).map((e) => e.properties['Door'])).toEqual([2]);
  });

  test('iteration hands on each event as it comes', async () => {
    const rows = await subscribe();
    service.raise('Acme_Alarm', { Door: 1 });
    for await (const event of rows) {
      expect(event.properties['Door']).toBe(1);
      break;
    }
    expect(service.eventCounts().subscriptions).toBe(0);
  });
});

describe('how a subscription ends', () => {
  test.each([
    ['its enumerator', async (rows: AsyncDisposable) => rows[Symbol.asyncDispose](), 'WBEM_E_CALL_CANCELLED'],
    ['the service', async () => service[Symbol.asyncDispose](), 'WBEM_E_SHUTTING_DOWN'],
  ] as const)('with %s, and a waiting call with it', async (_, end, code) => {
    const rows = await subscribe();
    const next = rows.next(1);
    next.catch(() => {});
    await end(rows);
    await expect(next).rejects.toMatchObject({ code });
    expect(service.eventCounts().subscriptions).toBe(0);
  });

  test('with the connection that it was made on', async () => {
    const services = await open(service, 'root\\cimv2');
    const next = (await services.execNotificationQuery(ALARMS)).next(1);
    next.catch(() => {});
    await services[Symbol.asyncDispose]();
    await expect(next).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
    expect(service.eventCounts().subscriptions).toBe(0);
  });
});

describe('who may subscribe and read on', () => {
  test('without WBEM_ENABLE nobody, also not one who had it', async () => {
    const rows = await subscribe(ann);
    const owner = await open(service, 'root\\cimv2');
    const deny = descriptorBytes('O:BAG:BAD:(D;;0x1;;;AU)(A;;0x6003f;;;BA)');
    const waiting = rows.next(1);
    waiting.catch(() => {});
    expect(await owner.execMethod('__SystemSecurity=@', 'SetSD', { SD: deny })).toMatchObject({
      returnValue: 0,
    });
    service.raise('Acme_Alarm', { Door: 1 });
    await expect(waiting).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
    await expect(rows.next(1)).rejects.toMatchObject({ refusal: { gate: 'namespace-rights' } });
    await expect(subscribe(ann)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
  });

  test('one user cannot hold all subscriptions there are', async () => {
    const services = await open(service, 'root\\cimv2', ann);
    for (let i = 0; i < 1000; i++) await services.execNotificationQuery(ALARMS);
    await expect(services.execNotificationQuery(ALARMS)).rejects.toMatchObject({
      code: 'WBEM_E_QUOTA_VIOLATION',
    });
    await subscribe(admin);
  });
});

describe('what can be raised', () => {
  test.each([
    ['Acme_Nothing', 'WBEM_E_INVALID_CLASS'],
    ['__Namespace', 'WBEM_E_NOT_EVENT_CLASS'],
    ['__ExtrinsicEvent', 'WBEM_E_INVALID_OPERATION'],
    ['__InstanceCreationEvent', 'WBEM_E_INVALID_OPERATION'],
    ['__EventDroppedEvent', 'WBEM_E_INVALID_OPERATION'],
  ])('not %s: %s', (className, code) => {
    expect(() => service.raise(className)).toThrow(expect.objectContaining({ code }));
  });

  test('not a value that does not fit', () => {
    expect(() => service.raise('Acme_Alarm', { Door: 'x' })).toThrow(
      expect.objectContaining({ code: 'WBEM_E_TYPE_MISMATCH' }),
    );
  });

  test('an event of a class that was put, in any namespace', async () => {
    const services = await open(service, 'root\\default');
    await services.putClass(defineClass({ name: 'Acme_Ping', superclass: '__ExtrinsicEvent' }));
    const rows = await services.execNotificationQuery('SELECT * FROM Acme_Ping');
    service.raise('Acme_Ping', {}, { namespace: 'root\\default' });
    expect(await received(rows)).toHaveLength(1);
  });
});

test('events of the repository come to those who watch the namespace, once they are committed', async () => {
  const services = await open(service, 'root\\default');
  const rows = await services.execNotificationQuery('SELECT * FROM __Event');
  const thing = defineClass({
    name: 'Thing',
    properties: { Id: { type: 'uint32', key: true }, Size: 'uint32' },
  });
  await services.putClass(thing);
  await services.putInstance(instanceOf(thing, { Id: 1, Size: 1 }));
  await services.putInstance(instanceOf(thing, { Id: 1, Size: 2 }));
  const failing = services.putInstance(instanceOf(thing, { Id: 1 }), { mode: 'createOnly' });
  await expect(failing).rejects.toMatchObject({ code: 'WBEM_E_ALREADY_EXISTS' });
  await services.deleteInstance('Thing.Id=1');
  await services.deleteClass('Thing');
  const events = await received(rows);
  expect(events.map((e) => e.shape.className)).toEqual([
    '__ClassCreationEvent',
    '__InstanceCreationEvent',
    '__InstanceModificationEvent',
    '__InstanceDeletionEvent',
    '__ClassDeletionEvent',
  ]);
  expect(events[2]!.properties).toMatchObject({
    TargetInstance: { path: 'Thing.Id=1', properties: { Id: 1, Size: 2 } },
    PreviousInstance: { properties: { Id: 1, Size: 1 } },
  });
});

test('namespaces that come and go are told in the namespace above', async () => {
  const services = await open(service, 'root');
  const rows = await services.execNotificationQuery('SELECT * FROM __NamespaceOperationEvent');
  const namespaceClass = await services.getObject('__Namespace');
  if (namespaceClass.kind !== 'class') throw new Error('expected a class');
  await services.putInstance(instanceOf(namespaceClass, { Name: 'lab' }));
  await services.deleteInstance('__Namespace.Name="lab"');
  expect((await received(rows)).map((e) => [e.shape.className, e.properties['TargetNamespace']])).toEqual([
    ['__NamespaceCreationEvent', expect.objectContaining({ properties: { Name: 'lab' } })],
    ['__NamespaceDeletionEvent', expect.objectContaining({ properties: { Name: 'lab' } })],
  ]);
});
