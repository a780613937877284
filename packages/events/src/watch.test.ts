import { ComStatus, WbemError, WbemStatus } from '@wmisec/wbem';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventWatch } from './event-watch.ts';
import { event, FakeConnection } from './testing.ts';
import { watch } from './watch.ts';

const QUERY = 'SELECT * FROM Acme_Alarm';
const lost = new WbemError(ComStatus.RPC_S_SERVER_UNAVAILABLE);
const denied = new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED);

let connection: FakeConnection;

beforeEach(() => {
  connection = new FakeConnection();
});

/** What comes until there are so many items. */
async function take(events: EventWatch, count: number) {
  const items = [];
  for await (const item of events) {
    items.push(item);
    if (items.length === count) break;
  }
  return items;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const doorsOf = (items: Awaited<ReturnType<typeof take>>) =>
  items.map((item) => (item.kind === 'event' ? item.event['Door'] : [item.reason, item.count]));

test('events come in order, and leaving the loop ends the subscription', async () => {
  const events = await watch(connection, QUERY);
  for (const Door of [1, 2, 3]) connection.raise({ Door });
  expect(doorsOf(await take(events, 2))).toEqual([1, 2]);
  expect(connection.log).toEqual(['subscribe', 'unsubscribe', 'unsubscribe']);
});

test('the instances inside of an event are given as plain objects', async () => {
  const events = await watch<{ TargetInstance: never }, { Id: number }>(connection, QUERY);
  connection.raise({ TargetInstance: event({ Id: 4 }), PreviousInstance: null });
  for await (const item of events) {
    if (item.kind === 'event') expect([item.target?.Id, item.previous]).toEqual([4, null]);
    break;
  }
});

describe('a buffer that is full', () => {
  const slow = async (onFull: 'dropOldest' | 'dropNewest' | 'fail') => {
    const events = await watch(connection, QUERY, { buffer: { max: 2, onFull } });
    for (const Door of [1, 2, 3, 4]) connection.raise({ Door });
    await settled();
    return events;
  };

  test('drops the oldest, and says how many before those that follow', async () => {
    const events = await slow('dropOldest');
    expect(doorsOf(await take(events, 3))).toEqual([['buffer', 2], 3, 4]);
    expect(events.counts).toEqual({ received: 4, dropped: 2, resubscribed: 0 });
  });

  test('drops the newest, and says how many after those that came before', async () => {
    expect(doorsOf(await take(await slow('dropNewest'), 3))).toEqual([1, 2, ['buffer', 2]]);
  });

  test('fails after what waits is consumed, and reads no more', async () => {
    const events = await slow('fail');
    const items: unknown[] = [];
    const consume = async () => {
      for await (const item of events) items.push(item);
    };
    await expect(consume()).rejects.toMatchObject({ code: 'BUFFER_FULL' });
    expect(items).toHaveLength(2);
    expect(connection.log).toContain('unsubscribe');
  });
});

test('what the server lost is said where it is missing', async () => {
  const events = await watch(connection, QUERY);
  connection.raise({ Door: 1 });
  connection.raise({ Door: 9 }, WbemStatus.WBEM_S_PARTIAL_RESULTS);
  expect(doorsOf(await take(events, 3))).toEqual([1, ['server', null], 9]);
});

test('without an event in time the watch ends', async () => {
  const events = await watch(connection, QUERY, { timeoutMs: 1 });
  await expect(take(events, 1)).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
  expect(connection.log).toContain('unsubscribe');
});

test('the signal ends the watch, while it waits and before', async () => {
  const end = new AbortController();
  const waiting = take(await watch(connection, QUERY, { signal: end.signal }), 1);
  waiting.catch(() => {});
  end.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
  const late = await watch(connection, QUERY, { signal: end.signal });
  await expect(take(late, 1)).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});

test.each([
  { buffer: { max: 0 } },
  { buffer: { max: Number.NaN } },
  { buffer: { onFull: 'x' as 'fail' } },
  { timeoutMs: -1 },
  { resubscribe: { firstDelayMs: 0 } },
  { resubscribe: { firstDelayMs: 10, maxDelayMs: 5 } },
  { resubscribe: { attempts: 0 } },
])('%j is refused before anything is asked', async (options) => {
  await expect(watch(connection, QUERY, options)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  expect(connection.log).toEqual([]);
});

describe('a connection that is lost', () => {
  const resubscribe = { firstDelayMs: 1, maxDelayMs: 4 };

  test('is replaced, and the watch says since when events may be missing', async () => {
    const events = await watch(connection, QUERY, { resubscribe });
    connection.raise({ Door: 1 });
    connection.failures.push(lost, lost);
    connection.lose(lost);
    connection.raise({ Door: 2 });
    const items = await take(events, 3);
    expect(doorsOf(items)).toEqual([1, ['disconnected', null], 2]);
    expect(items[1]).toMatchObject({ between: [expect.any(Date), expect.any(Date)], error: lost });
    expect(events.counts.resubscribed).toBe(1);
    expect(connection.log.filter((word) => word === 'reconnect')).toHaveLength(3);
    expect(connection.log.at(-1)).toBe('dispose');
  });

  test('ends the watch when it is not to be replaced', async () => {
    const events = await watch(connection, QUERY, { resubscribe: false });
    connection.lose(lost);
    await expect(take(events, 1)).rejects.toBe(lost);
    expect(connection.log).not.toContain('reconnect');
  });

  test('ends the watch after as many attempts as were asked for', async () => {
    const events = await watch(connection, QUERY, { resubscribe: { ...resubscribe, attempts: 2 } });
    connection.failures.push(lost, lost, lost);
    connection.lose(lost);
    await expect(take(events, 1)).rejects.toBe(lost);
    expect(connection.failures).toHaveLength(1);
  });

  test('is not replaced when the server refuses the next one', async () => {
    const events = await watch(connection, QUERY, { resubscribe });
    connection.failures.push(denied);
    connection.lose(lost);
    await expect(take(events, 1)).rejects.toBe(denied);
  });

  test('a refusal is no loss', async () => {
    const events = await watch(connection, QUERY, { resubscribe });
    connection.lose(denied);
    await expect(take(events, 1)).rejects.toBe(denied);
    expect(connection.log).not.toContain('reconnect');
  });

  test('ending the watch does not wait for a connection on its way, which is let go when it comes', async () => {
    const events = await watch(connection, QUERY, { resubscribe });
    let arrive: (late: FakeConnection) => void = () => {};
    const late = new FakeConnection();
    const asked = new Promise<void>((resolve) => {
      connection.reconnect = () => {
        resolve();
        return new Promise((opened) => {
          arrive = opened;
        });
      };
    });
    connection.lose(lost);
    await asked;
    await events[Symbol.asyncDispose]();
    arrive(late);
    await settled();
    expect(late.log).toEqual(['dispose']);
  });
});
