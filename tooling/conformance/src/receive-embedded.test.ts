import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Connection, connect } from '@wmisec/auth';
import {
  type CallbackSettings,
  createService,
  type EmbeddedService,
  type EmbeddedStub,
  extrinsicEventClass,
  type ServiceTransport,
} from '@wmisec/embedded';
import { dangerouslyReceiveUnchecked, receive, type WatchItem } from '@wmisec/events';
import { AuthnLevel, AuthnService, defineClass, ImpLevel, type Transport } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const QUERY = 'SELECT * FROM Acme_Alarm';
const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});
const forger = {
  name: 'mallory',
  token: { user: 'S-1-5-21-1-2-3-1666', groups: ['S-1-1-0', 'S-1-5-11'] },
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
} as const;

let settings: CallbackSettings;
let service: EmbeddedService;
let stubs: EmbeddedStub[];
let connection: Connection;
let doors: unknown[];

beforeEach(async () => {
  settings = {};
  stubs = [];
  doors = [];
  service = await createService({
    providers: [{ name: 'Alarms', classes: [alarm] }],
    callbackSettings: () => settings,
  });
  connection = await connect('root\\cimv2', { transport: noting(service.transport()) });
});

afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
});

/** A transport whose stubs a test can find, as a forger does. */
function noting(inner: ServiceTransport): Transport {
  return {
    name: inner.name,
    defaultBlanket: inner.defaultBlanket,
    open: (request) => inner.open(request),
    unsecuredApartment: async () => {
      const apartment = await inner.unsecuredApartment();
      return {
        createSinkStub: async (sink, check) => {
          const stub = await apartment.createSinkStub(sink, check);
          stubs.push(stub);
          return stub;
        },
        [Symbol.asyncDispose]: () => apartment[Symbol.asyncDispose](),
      };
    },
  };
}

const keep = (item: WatchItem) => void doors.push(item.kind === 'event' ? item.event['Door'] : item.reason);
const turns = async () => {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
};
const forge = (stub: EmbeddedStub) => {
  const shape = { className: 'Acme_Alarm', derivation: ['__ExtrinsicEvent', '__Event'], properties: [] };
  return stub.indicate(forger, [{ kind: 'instance', shape, properties: { Door: 666 }, path: null }]);
};

test('events come while the receiver stands, through a stub that checks, and none after it', async () => {
  const receiver = await receive<{ Door: number }>(connection, QUERY, keep);
  service.raise('Acme_Alarm', { Door: 1 });
  service.raise('Acme_Alarm', { Door: 2 });
  await turns();
  await receiver[Symbol.asyncDispose]();
  service.raise('Acme_Alarm', { Door: 3 });
  await turns();
  expect(doors).toEqual([1, 2]);
  expect(receiver.counts).toEqual({ received: 2, dropped: 0 });
  expect(stubs).toMatchObject([{ check: 'check', checked: true, released: true, references: 0 }]);
  expect(service.eventCounts().subscriptions).toBe(0);
});

describe('a forger who has found the stub', () => {
  test("AC-3.1 gets nothing through, whatever the machine's setting says", async () => {
    await receive(connection, QUERY, keep);
    for (const UnsecAppAccessControlDefault of [0, 1, '0']) {
      settings = { UnsecAppAccessControlDefault };
      await expect(forge(stubs[0]!)).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    }
    service.raise('Acme_Alarm', { Door: 1 });
    await turns();
    expect(doors).toEqual([1]);
  });

  test('makes up events for who received them unchecked', async () => {
    await dangerouslyReceiveUnchecked(connection, QUERY, keep);
    await forge(stubs[0]!);
    await turns();
    expect(doors).toEqual([666]);
  });
});

test('AC-3.11 where the transport makes no stubs, nothing is subscribed to', async () => {
  const { name, defaultBlanket, open } = service.transport();
  const bare: Transport = { name, defaultBlanket, open: open.bind(service.transport()) };
  await using without = await connect('root\\cimv2', { transport: bare });
  await expect(receive(without, QUERY, keep)).rejects.toMatchObject({ code: 'E_NOINTERFACE' });
  expect(service.eventCounts().subscriptions).toBe(0);
});

test('AC-5.11 a query for what is no event class ends the receiver with the final status', async () => {
  const receiver = await receive(connection, 'SELECT * FROM __Namespace', keep);
  await expect(receiver.ended).rejects.toMatchObject({ code: 'WBEM_E_NOT_EVENT_CLASS' });
  expect(stubs).toMatchObject([{ released: true, references: 0 }]);
});

test('the end of the connection ends the receiver', async () => {
  const receiver = await receive(connection, QUERY, keep);
  await connection[Symbol.asyncDispose]();
  await expect(receiver.ended).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});

test('calls go out under the blanket that is proven on the connection', async () => {
  const refusals: { gate: string }[] = [];
  const hear = (record: unknown) => void refusals.push(record as { gate: string });
  subscribe('wmisec:refusal', hear);
  connection.services.setBlanket({ impLevel: ImpLevel.Identify });
  await expect(receive(connection, QUERY, keep)).rejects.toMatchObject({
    refusal: { gate: 'impersonation-level' },
  });
  unsubscribe('wmisec:refusal', hear);
  expect(refusals).toMatchObject([{ gate: 'impersonation-level', operation: 'execNotificationQueryAsync' }]);
});
