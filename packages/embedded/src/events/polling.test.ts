import {
  defineClass,
  type PropertyBag,
  type Provider,
  type ProviderRequest,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { open, person } from '../testing.ts';
import { descriptorBytes, ManualTimers, received } from './testing.ts';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: { Id: { type: 'uint32', key: true }, Open: 'boolean', Codes: 'string[]' },
});

let rows: PropertyBag[];
let failure: WbemError | null;
let askedBy: string[];
let timers: ManualTimers;
let service: EmbeddedService;

const doors: Provider = {
  name: 'Doors',
  classes: [door],
  enumerate(_: string, { caller }: ProviderRequest) {
    if (failure !== null) throw failure;
    askedBy.push(caller.sid);
    return [rows];
  },
};

beforeEach(async () => {
  [rows, failure, askedBy, timers] = [[{ Id: 1, Open: true, Codes: ['a'] }], null, [], new ManualTimers()];
  service = await createService({ providers: [doors], timers });
});

afterEach(() => service[Symbol.asyncDispose]());

const QUERY = 'SELECT * FROM __InstanceOperationEvent WITHIN 2 WHERE TargetInstance ISA "Acme_Door"';
const ann = person('ann');
const subscribe = async (query = QUERY) =>
  (await open(service, 'root\\cimv2', ann)).execNotificationQuery(query);

test('what comes, changes and goes between two rounds is told once, and what stays the same is not', async () => {
  const events = await subscribe();
  rows = [
    { Id: 1, Open: true, Codes: ['a'] },
    { Id: 2, Open: true },
  ];
  await timers.advance(1999);
  expect(await received(events)).toEqual([]);
  await timers.advance(1);
  rows = [{ Id: 2, Open: false }];
  await timers.advance(2000);
  await timers.advance(2000);
  expect((await received(events)).map((e) => [e.shape.className, e.properties['TargetInstance']])).toEqual([
    ['__InstanceCreationEvent', expect.objectContaining({ path: 'Acme_Door.Id=2' })],
    ['__InstanceDeletionEvent', expect.objectContaining({ path: 'Acme_Door.Id=1' })],
    ['__InstanceModificationEvent', expect.objectContaining({ path: 'Acme_Door.Id=2' })],
  ]);
});

test('conditions read both states of a modification', async () => {
  const events = await subscribe(
    `SELECT * FROM __InstanceModificationEvent WITHIN 1 WHERE TargetInstance ISA "Acme_Door"
     AND TargetInstance.Open <> PreviousInstance.Open`,
  );
  rows = [{ Id: 1, Open: true, Codes: ['b'] }];
  await timers.advance(1000);
  rows = [{ Id: 1, Open: false, Codes: ['b'] }];
  await timers.advance(1000);
  const [event, ...others] = await received(events);
  expect(others).toEqual([]);
  expect(event!.properties).toMatchObject({
    TargetInstance: { properties: { Open: false } },
    PreviousInstance: { properties: { Open: true } },
  });
});

test('the provider is asked as the subscriber', async () => {
  await subscribe();
  await timers.advance(2000);
  expect(askedBy).toEqual([ann.token.user, ann.token.user]);
});

test('a provider that refuses the first round refuses the subscription', async () => {
  failure = new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED);
  await expect(subscribe()).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
  expect(service.eventCounts().subscriptions).toBe(0);
});

test('a provider that fails later ends the polling, after what was noticed before', async () => {
  const events = await subscribe();
  rows = [];
  await timers.advance(2000);
  failure = new WbemError(WbemStatus.WBEM_E_FAILED);
  await timers.advance(2000);
  expect(await received(events)).toHaveLength(1);
  await expect(events.next(1)).rejects.toMatchObject({ code: 'WBEM_E_FAILED' });
  expect(timers.waiting).toBe(0);
});

test('who lost the right to read is not polled for any more', async () => {
  await subscribe();
  const owner = await open(service, 'root\\cimv2');
  const SD = descriptorBytes('O:BAG:BAD:(D;;0x1;;;AU)(A;;0x6003f;;;BA)');
  expect(await owner.execMethod('__SystemSecurity=@', 'SetSD', { SD })).toMatchObject({ returnValue: 0 });
  await timers.advance(2000);
  expect(askedBy).toHaveLength(1);
  expect(timers.waiting).toBe(0);
});

test('the end of the subscription ends the polling', async () => {
  const events = await subscribe();
  expect(timers.waiting).toBe(1);
  await events[Symbol.asyncDispose]();
  expect(timers.waiting).toBe(0);
});
