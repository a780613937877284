import { type Connection, connect } from '@wmisec/auth';
import { createService, type EmbeddedService, extrinsicEventClass } from '@wmisec/embedded';
import { type EventWatch, watch } from '@wmisec/events';
import { defineClass, instanceOf } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';

const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32', Note: 'string' },
});

let service: EmbeddedService;
let connection: Connection;

beforeEach(async () => {
  service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }] });
  connection = await connect('root\\cimv2', { transport: service.transport() });
});

afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
});

async function take(events: EventWatch, count: number) {
  const items = [];
  for await (const item of events) if (items.push(item) === count) break;
  return items;
}

test('a watch sees what is put, with the instance as a plain object, through a proven proxy', async () => {
  const thing = defineClass({ name: 'Thing', properties: { Id: { type: 'uint32', key: true } } });
  await connection.services.putClass(thing);
  const events = await watch(
    connection,
    'SELECT * FROM __InstanceCreationEvent WHERE TargetInstance ISA "Thing"',
  );
  expect(connection.security().at(-1)).toMatchObject({ proxyKind: 'enumerator', inForce: { authnLevel: 6 } });
  await connection.services.putInstance(instanceOf(thing, { Id: 1 }));
  expect(await take(events, 1)).toMatchObject([
    { kind: 'event', className: '__InstanceCreationEvent', target: { Id: 1 }, previous: null },
  ]);
  expect(service.eventCounts().subscriptions).toBe(0);
});

test('what the service lost for a slow reader is told to it', async () => {
  const events = await watch(connection, 'SELECT * FROM Acme_Alarm');
  const Note = 'x'.repeat(3 * 1024 * 1024);
  for (let Door = 1; Door <= 5; Door++) service.raise('Acme_Alarm', { Door, Note });
  const { lost } = service.eventCounts();
  expect(lost).toBeGreaterThan(0);
  const items = await take(events, 4);
  expect(items.map((item) => (item.kind === 'missed' ? item.reason : item.event['Door']))).toEqual([
    'server',
    1,
    2,
    3,
  ]);
});

test('a service that shuts down, and does not come back, ends the watch after its attempts', async () => {
  const events = await watch(connection, 'SELECT * FROM Acme_Alarm', {
    resubscribe: { firstDelayMs: 1, attempts: 2 },
  });
  await service[Symbol.asyncDispose]();
  await expect(take(events, 1)).rejects.toMatchObject({ code: 'WBEM_E_SHUTTING_DOWN' });
});

test('AC-5.11 a query for what is no event is refused before there is a watch', async () => {
  await expect(watch(connection, 'SELECT * FROM __Namespace')).rejects.toMatchObject({ hresult: 0x80041059 });
});
