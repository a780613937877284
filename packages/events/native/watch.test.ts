import { connect } from '@wmisec/auth';
import { WbemStatus } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watch } from '../src/index.ts';
import { type FixtureService, serveFixture } from './fixture-service.ts';

const ALARMS = 'SELECT * FROM Fixture_Alarm';
const NAMESPACE = 'root\\fixture';

let service: FixtureService;

beforeEach(() => {
  service = serveFixture();
});

afterEach(() => {
  service[Symbol.dispose]();
});

async function take(items: AsyncIterator<unknown>) {
  return (await items.next()).value;
}

test('events that threads of the service raise come in their order', async () => {
  await using connection = await connect(NAMESPACE);
  await using alarms = await watch<{ Door: number }>(connection, ALARMS);
  const items = alarms[Symbol.asyncIterator]();
  for (const door of [1, 2, 3]) await service.raise(door);
  const doors = [];
  for (let i = 0; i < 3; i++) doors.push(await take(items));
  expect(doors).toMatchObject([1, 2, 3].map((Door) => ({ className: 'Fixture_Alarm', event: { Door } })));
});

test('disposing a watch ends a wait that is under way, and its subscription', async () => {
  await using connection = await connect(NAMESPACE);
  const alarms = await watch(connection, ALARMS);
  const before = service.liveObjects();
  const waiting = alarms[Symbol.asyncIterator]()
    .next()
    .catch((error) => error.code);
  await alarms[Symbol.asyncDispose]();
  expect(await waiting).toBe('WBEM_E_CALL_CANCELLED');
  expect(service.liveObjects()).toBe(before - 1);
});

test('a watch goes on over another connection when the service was gone, and says so', async () => {
  await using connection = await connect(NAMESPACE);
  await using alarms = await watch(connection, ALARMS, { resubscribe: { firstDelayMs: 1 } });
  const items = alarms[Symbol.asyncIterator]();
  service.answerSubscriptions(0x800706ba);
  expect(await take(items)).toMatchObject({
    kind: 'missed',
    reason: 'disconnected',
    error: { hresult: 0x800706ba },
  });
  await service.raise(4);
  expect(await take(items)).toMatchObject({ kind: 'event', event: { Door: 4 } });
});

test('a refusal ends a watch, and so does a time without events', async () => {
  await using connection = await connect(NAMESPACE);
  await using refused = await watch(connection, ALARMS);
  service.answerSubscriptions(WbemStatus.WBEM_E_ACCESS_DENIED);
  await expect(take(refused[Symbol.asyncIterator]())).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
  await using quiet = await watch(connection, ALARMS, { timeoutMs: 50 });
  await expect(take(quiet[Symbol.asyncIterator]())).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
});

test('what is lost for a slow reader is told before the next event', async () => {
  await using connection = await connect(NAMESPACE);
  await using alarms = await watch(connection, ALARMS, { buffer: { max: 2 } });
  for (const door of [1, 2, 3, 4]) await service.raise(door);
  while (alarms.counts.received < 4) await new Promise((resolve) => setTimeout(resolve, 1));
  const items = alarms[Symbol.asyncIterator]();
  expect(await take(items)).toMatchObject({ kind: 'missed', reason: 'buffer', count: 2 });
  expect(await take(items)).toMatchObject({ event: { Door: 3 } });
});
