import { type CimInstance, WbemError, WbemStatus } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualTimers, received } from '../../events/testing.ts';
import type { EmbeddedService } from '../../service/create-service.ts';
import { open } from '../../testing.ts';
import { adm, ann, install, letWrite, pager, pagingService, secure, settled } from '../testing.ts';
import { MAX_DEPTH } from './consumer-queue.ts';
import type { EventConsumer } from './event-consumer.ts';

let service: EmbeddedService;
let timers: ManualTimers;
/** What came to whom. */
let log: string[];
/** What consumers do, by their names, beside writing down what came. */
let acts: Record<string, EventConsumer>;

beforeEach(async () => {
  log = [];
  acts = {};
  timers = new ManualTimers();
  const page: EventConsumer = (event, context) => {
    const name = String(context.consumer.properties['Name']);
    log.push(`${name} ${event.properties['Door'] ?? event.shape.className}`);
    return acts[name]?.(event, context);
  };
  service = await pagingService(page, { timers });
});

afterEach(() => service[Symbol.asyncDispose]());

const raise = (...doors: number[]) => {
  for (const Door of doors) service.raise('Acme_Alarm', { Door });
};
const subscribe = async (className: string, as = adm) =>
  (await open(service, 'root\\subscription', as)).execNotificationQuery(`SELECT * FROM ${className}`);
const named = (Name: string) => ({ consumer: { Name } });
const never = () => new Promise<void>(() => {});

describe('when a consumer gets an event', () => {
  test('by default after whoever raised it has gone on', async () => {
    await install(service);
    raise(1);
    expect(log).toEqual([]);
    await settled();
    expect(log).toEqual(['c 1']);
  });

  test.each([
    ['DeliverSynchronously', { DeliverSynchronously: true, DeliveryQoS: 1 }],
    ['DeliveryQoS 0', { DeliveryQoS: 0 }],
  ])('rules 5.9 with %s before that', async (_, binding) => {
    await install(service, { binding });
    raise(1);
    expect(log).toEqual(['c 1']);
  });

  test('rules 5.9 express delivery, DeliveryQoS 1, is not awaited', async () => {
    await install(service, { binding: { DeliveryQoS: 1 } });
    raise(1);
    expect(log).toEqual([]);
  });

  test('one after the other, in the order in which they came', async () => {
    await install(service, { binding: { DeliveryQoS: 0 } });
    acts['c'] = () => new Promise((resolve) => void timers.after(10, resolve));
    raise(1, 2, 3);
    await settled();
    expect(log).toEqual(['c 1']);
    await timers.advance(10);
    expect(log).toEqual(['c 1', 'c 2']);
    await timers.advance(20);
    expect(log).toEqual(['c 1', 'c 2', 'c 3']);
  });

  test('a consumer that two filters lead to is still one', async () => {
    await install(service, { filter: { Name: 'f' } });
    await install(service, { filter: { Name: 'g', Query: 'SELECT * FROM Acme_Alarm WHERE Door = 2' } });
    raise(1, 2);
    await settled();
    expect(log).toEqual(['c 1', 'c 2', 'c 2']);
  });

  test('a query says what the event is, and groups are delivered as aggregates', async () => {
    await install(service, { filter: { Query: 'SELECT Door FROM Acme_Alarm GROUP WITHIN 5' } });
    raise(1, 1);
    await timers.advance(5000);
    await settled();
    expect(log).toEqual(['c __AggregateEvent']);
  });
});

describe('rules 5.7 a consumer that is slow', () => {
  test('holds up no other', async () => {
    await install(service, named('slow'));
    await install(service, named('quick'));
    acts['slow'] = never;
    raise(1, 2);
    await settled();
    expect(log).toEqual(['slow 1', 'quick 1', 'quick 2']);
  });

  test('loses what does not fit into MaximumQueueSize, and administrators hear of it', async () => {
    await install(service, { consumer: { MaximumQueueSize: 1000 } });
    const overflows = await subscribe('__EventQueueOverflowEvent');
    acts['c'] = never;
    for (let door = 0; door < 100; door++) raise(door);
    await settled();
    const events = await received(overflows);
    const { queued, lost } = service.subscriptionCounts();
    expect(queued).toBeGreaterThan(0);
    expect(queued).toBeLessThan(10);
    expect(queued + lost).toBe(99);
    expect(events).toHaveLength(lost);
    expect(events[0]).toMatchObject({
      properties: {
        CurrentQueueSize: expect.any(Number),
        Event: { properties: { Door: expect.any(Number) } },
        IntendedConsumer: 'Acme_Pager.Name="c"',
      },
    });
    expect(events[0]!.properties['CurrentQueueSize']).toBeLessThanOrEqual(1000);
  });

  test('is bounded by the service when it sets no bound itself', async () => {
    await install(service, { consumer: { MaximumQueueSize: 0xffff_ffff } });
    acts['c'] = never;
    const Note = 'x'.repeat(500_000);
    for (let door = 0; door < 60; door++) service.raise('Acme_Alarm', { Door: door, Note });
    expect(service.subscriptionCounts().queued).toBeLessThan(21);
  });

  test('is let go with its binding', async () => {
    const services = await install(service);
    const signals: AbortSignal[] = [];
    acts['c'] = (_event, { signal }) => {
      signals.push(signal);
      return never();
    };
    raise(1, 2);
    await settled();
    await services.deleteInstance(
      '__FilterToConsumerBinding.Consumer="Acme_Pager.Name=\\"c\\"",Filter="__EventFilter.Name=\\"f\\""',
    );
    expect(signals[0]!.aborted).toBe(true);
    expect(service.subscriptionCounts()).toEqual({ filters: 0, queued: 0, lost: 0 });
  });
});

describe('rules 5.7 a consumer that fails', () => {
  const failing =
    (error: unknown): EventConsumer =>
    () => {
      throw error;
    };

  test('loses the event, and the others still get it', async () => {
    await install(service, named('bad'));
    await install(service, named('good'));
    acts['bad'] = failing(new Error('secret'));
    raise(1);
    await settled();
    expect(log).toEqual(['bad 1', 'good 1']);
    expect(service.subscriptionCounts().lost).toBe(1);
  });

  test('raises __ConsumerFailureEvent with its code, and nothing of what others threw', async () => {
    await install(service);
    const failures = await subscribe('__EventDroppedEvent');
    acts['c'] = failing(new WbemError(WbemStatus.WBEM_E_CRITICAL_ERROR, 'no paper'));
    raise(1);
    acts['c'] = failing(new Error('secret'));
    await settled();
    raise(2);
    await settled();
    const events = await received(failures);
    expect(events.map(({ shape }) => shape.className)).toEqual([
      '__ConsumerFailureEvent',
      '__ConsumerFailureEvent',
    ]);
    expect(JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? 0 : value))).not.toContain(
      'secret',
    );
    expect(events[1]).toMatchObject({
      properties: {
        ErrorCode: WbemStatus.WBEM_E_FAILED,
        ErrorObject: { shape: { className: '__ExtendedStatus' } },
        Event: { properties: { Door: 2 } },
      },
    });
  });

  test('is told to administrators only', async () => {
    await letWrite(service);
    await secure(service, 'subscription', 'O:BAG:BAD:(A;;0x1;;;WD)(A;;0x6003f;;;BA)');
    await install(service);
    const [theirs, hers] = [await subscribe('__SystemEvent', adm), await subscribe('__SystemEvent', ann)];
    acts['c'] = failing(new Error());
    raise(1);
    await settled();
    expect(await received(theirs)).toHaveLength(1);
    expect(await received(hers)).toEqual([]);
  });

  test.each([WbemStatus.WBEM_E_SERVER_TOO_BUSY, WbemStatus.WBEM_E_TRANSPORT_FAILURE, 0x800706ba])(
    'is tried three times more after %d, and then reported',
    async (status) => {
      await install(service);
      acts['c'] = failing(new WbemError(status));
      raise(1);
      await settled();
      expect(log).toHaveLength(1);
      await timers.advance(1000);
      expect(log).toHaveLength(2);
      await timers.advance(2000);
      expect(log).toHaveLength(3);
      expect(service.subscriptionCounts().lost).toBe(0);
      await timers.advance(4000);
      expect(log).toHaveLength(4);
      await settled();
      expect(service.subscriptionCounts().lost).toBe(1);
    },
  );

  test('is not waited for any more when it is removed', async () => {
    const services = await install(service);
    acts['c'] = failing(new WbemError(WbemStatus.WBEM_E_SERVER_TOO_BUSY));
    raise(1);
    await settled();
    expect(timers.waiting).toBe(1);
    await services.deleteInstance('Acme_Pager.Name="c"');
    await settled();
    expect(timers.waiting).toBe(0);
    expect(service.subscriptionCounts().lost).toBe(0);
  });

  test('and then goes well has lost nothing', async () => {
    await install(service);
    acts['c'] = failing(new WbemError(WbemStatus.WBEM_E_SERVER_TOO_BUSY));
    raise(1, 2);
    await settled();
    delete acts['c'];
    await timers.advance(1000);
    await settled();
    expect(log).toEqual(['c 1', 'c 1', 'c 2']);
    expect(service.subscriptionCounts().lost).toBe(0);
  });

  test('at what it is told of a failure raises no further one', async () => {
    await install(service, named('bad'));
    await install(service, {
      filter: { Name: 'g', Query: 'SELECT * FROM __EventDroppedEvent', EventNamespace: null },
      ...named('worse'),
    });
    const drops = await subscribe('__EventDroppedEvent');
    acts['bad'] = failing(new Error());
    acts['worse'] = failing(new Error());
    raise(1);
    await settled();
    expect(log).toEqual(['bad 1', 'worse __ConsumerFailureEvent']);
    expect(await received(drops)).toHaveLength(1);
  });

  test('a class that nothing carries out is such a failure', async () => {
    const services = await open(service, 'root\\subscription');
    await services.putClass({ ...pager, className: 'Acme_Fax' });
    await install(service, { consumerClass: 'Acme_Fax' });
    const failures = await subscribe('__ConsumerFailureEvent');
    raise(1);
    await settled();
    expect(await received(failures)).toMatchObject([
      { properties: { ErrorCode: WbemStatus.WBEM_E_PROVIDER_NOT_FOUND } },
    ]);
  });
});

describe('a consumer that causes its own events', () => {
  const again: EventConsumer = (event) => {
    const Door = Number(event.properties['Door']);
    raise(2 * Door, 2 * Door + 1);
  };

  test.each([0, 1])('comes to an end with DeliveryQoS %d', async (DeliveryQoS) => {
    await install(service, { binding: { DeliveryQoS }, consumer: { MaximumQueueSize: 20_000 } });
    const drops = await subscribe('__EventDroppedEvent');
    acts['c'] = again;
    raise(1);
    for (let turn = 0; turn < 400; turn++) await settled();
    const events = await received(drops);
    expect(events.length).toBeGreaterThan(0);
    expect(service.subscriptionCounts().queued).toBe(0);
    const before = log.length;
    await settled();
    expect(log).toHaveLength(before);
  });

  test('by what it writes into the repository', async () => {
    await install(service, {
      filter: { Query: 'SELECT * FROM __InstanceOperationEvent', EventNamespace: null },
    });
    acts['c'] = async () => {
      const services = await open(service, 'root\\subscription');
      await services.putInstance((await services.getObject('Acme_Pager.Name="c"')) as CimInstance);
    };
    const services = await open(service, 'root\\subscription');
    await services.putInstance((await services.getObject('Acme_Pager.Name="c"')) as CimInstance);
    for (let turn = 0; turn < 40; turn++) await settled();
    expect(log).toHaveLength(MAX_DEPTH);
    expect(service.subscriptionCounts().lost).toBe(1);
  });

  test('by way of the reports of its failures', async () => {
    await install(service, named('bad'));
    await install(service, {
      filter: { Name: 'g', Query: 'SELECT * FROM __ConsumerFailureEvent', EventNamespace: null },
      ...named('zealous'),
    });
    acts['bad'] = () => {
      throw new Error();
    };
    acts['zealous'] = () => raise(7);
    raise(1);
    for (let turn = 0; turn < 40; turn++) await settled();
    expect(log.length).toBeGreaterThan(2);
    expect(log.length).toBeLessThanOrEqual(MAX_DEPTH);
  });

  test('counts from the start again for an event from outside', async () => {
    await install(service);
    acts['c'] = (event) => {
      if (event.properties['Door'] === 1) raise(2);
    };
    for (let turn = 0; turn < 3 * MAX_DEPTH; turn++) {
      raise(1);
      await settled();
    }
    expect(service.subscriptionCounts().lost).toBe(0);
    expect(log).toHaveLength(6 * MAX_DEPTH);
  });
});
