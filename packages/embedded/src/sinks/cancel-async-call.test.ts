import type { AsyncTarget, AsyncWbemServices, Provider, WbemServices } from '@wmisec/wbem';
import { defineClass } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { open } from '../testing.ts';
import { asyncOf, RecordingSink, turns } from './testing.ts';

const ALARMS = 'SELECT * FROM Acme_Alarm';
const CANCELLED = 'complete 0x80041032';
const machine = defineClass({
  name: 'Acme_Machine',
  qualifiers: { dynamic: true, provider: 'Machines' },
  properties: { Id: { type: 'uint32', key: true } },
  methods: { Start: { returns: 'uint32', qualifiers: { static: true } } },
});

let service: EmbeddedService;
let services: WbemServices;
let calls: AsyncWbemServices;
let sink: RecordingSink;
/** Ends the method that is under way. */
let finish: () => void;
let finished: boolean;

beforeEach(async () => {
  finished = false;
  const machines: Provider = {
    name: 'Machines',
    classes: [machine, alarm],
    async *enumerate() {
      for (let Id = 0; ; Id++) {
        yield Array.from({ length: 256 }, (_, i) => ({ Id: Id * 256 + i }));
        await turns(1);
      }
    },
    execMethod: async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      finished = true;
      return { returnValue: 0, outParams: {} };
    },
  };
  service = await createService({ providers: [machines] });
  services = await open(service, 'root\\cimv2');
  calls = asyncOf(services);
  sink = new RecordingSink();
});

afterEach(() => service[Symbol.asyncDispose]());

async function stubFor(one: RecordingSink) {
  await using apartment = await service.transport().unsecuredApartment();
  return apartment.createSinkStub(one, 'check');
}

const nothingPending = (target: AsyncTarget) =>
  expect(calls.cancelAsyncCall(target)).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
    hresult: 0x80041002,
  });

describe('cancelAsyncCall', () => {
  test('AC-3.3 takes the stub, not the sink behind it, and ends with one status and no object after it', async () => {
    const stub = await stubFor(sink);
    await calls.execQueryAsync('SELECT * FROM Acme_Machine', stub);
    await turns(20);
    await nothingPending(sink);
    await calls.cancelAsyncCall(stub);
    const { length } = sink.log;
    await turns(20);
    expect(length).toBeGreaterThan(1);
    expect(sink.log.slice(length - 1)).toEqual([256, CANCELLED]);
    expect(sink.log.filter((entry) => entry === CANCELLED)).toHaveLength(1);
    expect(stub.references).toBe(0);
    await nothingPending(stub);
  });

  test('AC-3.3 ends a subscription', async () => {
    const stub = await stubFor(sink);
    await calls.execNotificationQueryAsync(ALARMS, stub);
    service.raise('Acme_Alarm', { Door: 1 });
    await turns();
    await calls.cancelAsyncCall(stub);
    service.raise('Acme_Alarm', { Door: 2 });
    await turns();
    expect(sink.log).toEqual([1, CANCELLED]);
    expect(service.eventCounts()).toMatchObject({ subscriptions: 0, queued: 0 });
  });

  test('AC-3.10 of null is WBEM_E_INVALID_PARAMETER', async () => {
    await expect(calls.cancelAsyncCall(null)).rejects.toMatchObject({ hresult: 0x80041008 });
  });

  test('AC-3.10 of a sink with nothing pending is WBEM_E_NOT_FOUND', async () => {
    await nothingPending(sink);
    await calls.getObjectAsync('Acme_Machine', sink);
    await sink.ended;
    await nothingPending(sink);
  });

  test.each(['indicate', 'setStatus'] as const)(
    'AC-3.10 from within %s it fails and cancels nothing, of this sink or another',
    async (method) => {
      const other = new RecordingSink();
      await calls.execNotificationQueryAsync(ALARMS, other);
      const within: Promise<unknown>[] = [];
      const heard = sink[method].bind(sink) as (given: unknown) => void;
      sink[method] = (given: unknown) => {
        within.push(calls.cancelAsyncCall(sink).catch((error: unknown) => error));
        within.push(calls.cancelAsyncCall(other).catch((error: unknown) => error));
        heard(given);
      };
      await calls.getObjectAsync('Acme_Machine', sink);
      await sink.ended;
      await turns();
      expect(sink.log).toEqual([1, 'complete 0x0']);
      const failure = expect.objectContaining({ code: 'WBEM_E_INVALID_OPERATION' });
      expect(await Promise.all(within)).toEqual([failure, failure]);
      service.raise('Acme_Alarm', { Door: 1 });
      await turns();
      expect(other.log).toEqual([1]);
    },
  );

  test('a turn later, a sink that noted it may cancel', async () => {
    const cancelled = new Promise<void>((resolve) => {
      sink.indicate = () => void setImmediate(() => resolve(calls.cancelAsyncCall(sink)));
    });
    await calls.execQueryAsync('SELECT * FROM Acme_Machine', sink);
    await cancelled;
    await sink.ended;
    expect(sink.log).toEqual([CANCELLED]);
  });

  test('rules 3.7: it does not wait for the provider, whose method runs on to its end', async () => {
    await calls.execMethodAsync('Acme_Machine', 'Start', {}, sink);
    await turns();
    await calls.cancelAsyncCall(sink);
    await turns();
    expect(sink.log).toEqual([CANCELLED]);
    finish();
    await turns();
    expect(finished).toBe(true);
    expect(sink.log).toEqual([CANCELLED]);
  });

  test('rules 3.7: it ends every call that the sink was given to, and no other', async () => {
    const other = new RecordingSink();
    await calls.execNotificationQueryAsync(ALARMS, sink);
    await calls.execNotificationQueryAsync(ALARMS, sink);
    await calls.execNotificationQueryAsync(ALARMS, other);
    await calls.cancelAsyncCall(sink);
    service.raise('Acme_Alarm', { Door: 1 });
    await turns();
    expect(sink.log).toEqual([CANCELLED, CANCELLED]);
    expect(other.log).toEqual([1]);
  });

  test('a copy of the proxy cancels what the proxy began, another connection does not', async () => {
    await calls.execNotificationQueryAsync(ALARMS, sink);
    const stranger = asyncOf(await open(service, 'root\\cimv2'));
    await expect(stranger.cancelAsyncCall(sink)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
    await asyncOf(await services.copyProxy!()).cancelAsyncCall(sink);
    await sink.ended;
  });

  test('it arrives under the blanket of the proxy, like every call', async () => {
    await calls.execNotificationQueryAsync(ALARMS, sink);
    services.setBlanket({ impLevel: 2 });
    await expect(calls.cancelAsyncCall(sink)).rejects.toMatchObject({
      refusal: { gate: 'impersonation-level' },
    });
  });
});

describe('the end of a connection ends its calls, with one status', () => {
  test('rules 5.6: a subscription', async () => {
    await calls.execNotificationQueryAsync(ALARMS, sink);
    await services[Symbol.asyncDispose]();
    service.raise('Acme_Alarm', { Door: 1 });
    await turns();
    expect(sink.log).toEqual([CANCELLED]);
    expect(service.eventCounts().subscriptions).toBe(0);
  });

  test('a query, and nothing begins any more', async () => {
    await calls.execQueryAsync('SELECT * FROM Acme_Machine', sink);
    await turns();
    await services[Symbol.asyncDispose]();
    const { length } = sink.log;
    await turns(20);
    expect(sink.log.slice(length)).toEqual([CANCELLED]);
    await expect(calls.getObjectAsync('Acme_Machine', new RecordingSink())).rejects.toMatchObject({
      code: 'WBEM_E_CALL_CANCELLED',
    });
  });

  test('so does the end of the service', async () => {
    await calls.execNotificationQueryAsync(ALARMS, sink);
    await service[Symbol.asyncDispose]();
    await turns();
    expect(sink.log).toEqual(['complete 0x80041033']);
  });
});

describe('a sink that misbehaves harms nobody', () => {
  const failing: [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('my own mistake');
      },
    ],
    ['rejects', () => Promise.reject(new Error('my own mistake'))],
  ];

  test.each(failing)('one that %s in indicate has its call cancelled, and hears why', async (_, fail) => {
    const other = new RecordingSink();
    sink.indicate = fail as () => void;
    await calls.execNotificationQueryAsync(ALARMS, sink);
    await calls.execNotificationQueryAsync(ALARMS, other);
    service.raise('Acme_Alarm', { Door: 1 });
    const { extendedStatus } = await sink.ended;
    service.raise('Acme_Alarm', { Door: 2 });
    await turns();
    expect(sink.log).toEqual([CANCELLED]);
    expect(extendedStatus).toMatchObject({ Description: expect.stringContaining('my own mistake') });
    expect(other.values('Door')).toEqual([1, 2]);
    expect(service.eventCounts().subscriptions).toBe(1);
  });

  test.each(failing)('one that %s in setStatus is let go', async (_, fail) => {
    const stub = await stubFor(sink);
    sink.setStatus = fail as () => void;
    await calls.getObjectAsync('Acme_Machine', stub);
    await turns();
    expect(sink.log).toEqual([1]);
    expect(stub.references).toBe(0);
  });

  test('one that fails in progress has its call cancelled', async () => {
    const { setStatus } = sink;
    sink.setStatus = (status) => {
      setStatus.call(sink, status);
      if (status.kind === 'progress') throw new Error('no progress, please');
    };
    await calls.getObjectAsync('Acme_Machine', sink, { sendStatus: true });
    await sink.ended;
    expect(sink.log).toEqual(['progress 0x10000', CANCELLED]);
  });

  test('one that never answers gets no second batch, holds up nobody, and can be cancelled', async () => {
    const other = new RecordingSink();
    const { indicate } = sink;
    sink.indicate = (objects) => {
      indicate.call(sink, objects);
      return new Promise(() => {}) as never;
    };
    await calls.execNotificationQueryAsync(ALARMS, sink);
    await calls.execNotificationQueryAsync(ALARMS, other);
    for (const Door of [1, 2, 3]) {
      service.raise('Acme_Alarm', { Door });
      await turns();
    }
    expect(sink.log).toEqual([1]);
    expect(other.log).toEqual([1, 1, 1]);
    await calls.cancelAsyncCall(sink);
    await turns();
    expect(sink.log).toEqual([1, CANCELLED]);
  });

  test('one that never answers keeps no more waiting than any subscriber may', async () => {
    sink.indicate = () => new Promise(() => {}) as never;
    await calls.execNotificationQueryAsync(ALARMS, sink);
    service.raise('Acme_Alarm', { Door: 0 });
    await turns();
    const Note = 'x'.repeat(3 * 1024 * 1024);
    for (let Door = 1; Door <= 8; Door++) service.raise('Acme_Alarm', { Door, Note });
    expect(service.eventCounts()).toMatchObject({ queued: 3, lost: 5 });
  });

  test('raising does not call it: events reach it in later turns', async () => {
    await calls.execNotificationQueryAsync(ALARMS, sink);
    service.raise('Acme_Alarm', { Door: 1 });
    expect(sink.log).toEqual([]);
    await turns();
    expect(sink.log).toEqual([1]);
  });
});
