import { ComStatus, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { event } from '../testing.ts';
import type { WatchItem } from '../watch-item.ts';
import { dangerouslyReceiveUnchecked, receive } from './receive.ts';
import { FakeReceivingConnection } from './testing.ts';

const QUERY = 'SELECT * FROM Acme_Alarm';
const noInterface = new WbemError(ComStatus.E_NOINTERFACE);
const unavailable = new WbemError(ComStatus.RPC_S_SERVER_UNAVAILABLE);

let connection: FakeReceivingConnection;
let items: (unknown[] | unknown)[];

beforeEach(() => {
  connection = new FakeReceivingConnection();
  items = [];
});

const keep = (item: WatchItem) => {
  items.push(item.kind === 'event' ? item.event['Door'] : [item.reason, item.count]);
};
const raise = (...doors: number[]) => connection.sink?.indicate(doors.map((Door) => event({ Door })));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('rules 3.6: the life of a subscription', () => {
  test('apartment, stub, call; cancelled with the stub, which is released in the final status; last the apartment', async () => {
    const receiver = await receive(connection, QUERY, keep);
    expect(connection.log).toEqual(['apartment', 'stub check', 'subscribe']);
    raise(1);
    await settled();
    await receiver[Symbol.asyncDispose]();
    expect(connection.log.slice(3)).toEqual([
      ...['cancel', 'final status', 'release stub', 'sink released', 'release apartment'],
    ]);
    await expect(receiver.ended).resolves.toBeUndefined();
    expect(items).toEqual([1]);
  });

  test('ending it twice ends it once', async () => {
    const receiver = await receive(connection, QUERY, keep);
    await Promise.all([receiver[Symbol.asyncDispose](), receiver[Symbol.asyncDispose]()]);
    await receiver[Symbol.asyncDispose]();
    expect(connection.log.filter((step) => step === 'cancel')).toHaveLength(1);
    expect(connection.log.filter((step) => step === 'release stub')).toHaveLength(1);
  });

  test('what the service ends is not cancelled, and is released alike', async () => {
    const receiver = await receive(connection, QUERY, keep);
    connection.end(WbemStatus.WBEM_E_NOT_EVENT_CLASS, { Description: 'Thing is no event class' });
    await expect(receiver.ended).rejects.toMatchObject({
      code: 'WBEM_E_NOT_EVENT_CLASS',
      message: 'receive: Thing is no event class',
      extendedStatus: { Description: 'Thing is no event class' },
    });
    expect(connection.log.slice(3)).toEqual([
      ...['final status', 'release stub', 'sink released', 'release apartment'],
    ]);
  });

  test('nothing is handed out after the end, whatever the service still calls', async () => {
    const receiver = await receive(connection, QUERY, keep);
    const sink = connection.sink!;
    raise(1, 2);
    const ending = receiver[Symbol.asyncDispose]();
    raise(3);
    await ending;
    raise(4);
    sink.setStatus({ kind: 'complete', status: 0, text: null, extendedStatus: null });
    await settled();
    expect(items).toEqual([]);
    expect(receiver.counts.received).toBe(3);
    expect(connection.log.filter((step) => step === 'release stub')).toHaveLength(1);
  });

  test('a service that is gone and sends no final status is not waited for for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      connection.failures['cancel'] = unavailable;
      const receiver = await receive(connection, QUERY, keep);
      const ending = receiver[Symbol.asyncDispose]();
      await vi.advanceTimersByTimeAsync(60_000);
      await ending;
      expect(connection.log.slice(3)).toEqual(['cancel', 'release stub', 'release apartment']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('where nothing is under way any more, no final status is waited for', async () => {
    connection.failures['cancel'] = new WbemError(WbemStatus.WBEM_E_NOT_FOUND);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const receiver = await receive(connection, QUERY, keep);
      const ending = receiver[Symbol.asyncDispose]();
      await settled();
      expect(connection.log.slice(3)).toEqual(['cancel', 'release stub', 'release apartment']);
      await vi.runAllTimersAsync();
      await ending;
    } finally {
      vi.useRealTimers();
    }
  });

  test('what cannot be released keeps nothing else from being released', async () => {
    connection.failures['release stub'] = unavailable;
    const receiver = await receive(connection, QUERY, keep);
    await receiver[Symbol.asyncDispose]();
    expect(connection.log.at(-1)).toBe('release apartment');
  });
});

describe('AC-3.11 without a stub that checks', () => {
  test('where there is no apartment, no call is begun', async () => {
    connection.failures['apartment'] = noInterface;
    await expect(receive(connection, QUERY, keep)).rejects.toBe(noInterface);
    expect(connection.log).toEqual(['apartment']);
  });

  test('where the apartment cannot check, no call is begun, and no stub without a check is made instead', async () => {
    connection.failures['stub check'] = noInterface;
    await expect(receive(connection, QUERY, keep)).rejects.toBe(noInterface);
    expect(connection.log).toEqual(['apartment', 'stub check', 'release apartment']);
  });
});

describe('before anything is asked', () => {
  test('a transport without asynchronous calls is said to be one', async () => {
    const without = { services: {}, unsecuredApartment: () => connection.unsecuredApartment() };
    await expect(receive(without, QUERY, keep)).rejects.toMatchObject({ code: 'WBEM_E_NOT_SUPPORTED' });
    expect(connection.log).toEqual([]);
  });

  test('an option out of its range is refused', async () => {
    const refused = receive(connection, QUERY, keep, { buffer: { max: 0 } });
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', operation: 'receive' });
    expect(connection.log).toEqual([]);
  });

  test('a signal that is aborted already ends it', async () => {
    const refused = receive(connection, QUERY, keep, { signal: AbortSignal.abort() });
    await expect(refused).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
    expect(connection.log).toEqual([]);
  });
});

test('a call that is refused leaves nothing behind', async () => {
  const denied = new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED);
  connection.failures['subscribe'] = denied;
  await expect(receive(connection, QUERY, keep)).rejects.toBe(denied);
  expect(connection.log).toEqual([
    'apartment',
    'stub check',
    'subscribe',
    'release stub',
    'release apartment',
  ]);
});

test('only who asks for it by name gets a stub that lets everybody through', async () => {
  await dangerouslyReceiveUnchecked(connection, QUERY, keep);
  expect(connection.log).toContain('stub dontCheck');
});

test('the signal ends it as its disposal does', async () => {
  const end = new AbortController();
  const receiver = await receive(connection, QUERY, keep, { signal: end.signal });
  end.abort();
  await expect(receiver.ended).resolves.toBeUndefined();
  expect(connection.log.at(-1)).toBe('release apartment');
});

describe('the handler', () => {
  test('gets one item after the other, in order, however long it takes', async () => {
    let running = 0;
    const slow = async (item: WatchItem) => {
      expect(++running).toBe(1);
      await settled();
      keep(item);
      running--;
    };
    const receiver = await receive(connection, QUERY, slow);
    raise(1, 2);
    raise(3);
    while (items.length < 3) await settled();
    expect(items).toEqual([1, 2, 3]);
    await receiver[Symbol.asyncDispose]();
  });

  test('gets instances inside of an event as plain objects', async () => {
    const targets: (PropertyBag | null)[] = [];
    await receive<PropertyBag, { Id: number }>(connection, QUERY, (item) => {
      if (item.kind === 'event') targets.push(item.target, item.previous);
    });
    connection.sink?.indicate([event({ TargetInstance: event({ Id: 4 }) })]);
    await settled();
    expect(targets).toEqual([{ Id: 4 }, null]);
  });

  test('is told what its buffer dropped while it was busy', async () => {
    let go = () => {};
    const busy = new Promise<void>((resolve) => {
      go = resolve;
    });
    const handler = async (item: WatchItem) => {
      keep(item);
      await busy;
    };
    const receiver = await receive(connection, QUERY, handler, { buffer: { max: 2 } });
    raise(1);
    await settled();
    raise(2, 3, 4, 5);
    go();
    await settled();
    expect(items).toEqual([1, ['buffer', 2], 4, 5]);
    expect(receiver.counts).toEqual({ received: 5, dropped: 2 });
  });

  test('ends the receiver by an error, with the call cancelled', async () => {
    const mistake = new Error('my own mistake');
    const receiver = await receive(connection, QUERY, () => Promise.reject(mistake));
    raise(1, 2);
    await expect(receiver.ended).rejects.toBe(mistake);
    expect(connection.log.slice(3)).toContain('cancel');
  });

  test('may end the receiver itself', async () => {
    const receiver = await receive(connection, QUERY, async (item) => {
      keep(item);
      await receiver[Symbol.asyncDispose]();
    });
    raise(1, 2);
    await receiver.ended;
    expect(items).toEqual([1]);
  });

  test('gets what waits before the end by the service, or by a full buffer', async () => {
    const receiver = await receive(connection, QUERY, keep, { buffer: { max: 2, onFull: 'fail' } });
    raise(1, 2, 3);
    await expect(receiver.ended).rejects.toMatchObject({ code: 'BUFFER_FULL', operation: 'receive' });
    expect(items).toEqual([1, 2]);
    expect(connection.log.slice(3)).toContain('cancel');
  });
});
