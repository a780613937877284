import { defineClass, instanceOf } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { createService } from '../service/create-service.ts';
import { open } from '../testing.ts';
import { asyncOf, RecordingSink, turns } from './testing.ts';

const thing = defineClass({ name: 'Thing', properties: { Id: { type: 'uint32', key: true } } });

/** What a client, its sinks and the world may do while calls are under way. */
const STEPS = [
  ...['subscribe', 'query', 'bad query', 'put'],
  ...['raise', 'cancel', 'turn', 'throw', 'hang', 'close'],
] as const;

test('rules 3.7: whatever happens, each call ends once and says nothing after it', async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat({ max: 7 })), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      await using service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }] });
      const services = await open(service, 'root\\cimv2');
      await services.putClass(thing);
      const calls = asyncOf(services);
      const begun: RecordingSink[] = [];
      const begin = async (call: (sink: RecordingSink) => Promise<void>) => {
        const sink = new RecordingSink();
        await call(sink).then(
          () => begun.push(sink),
          () => {},
        );
      };
      const run: Record<(typeof STEPS)[number], (sink: RecordingSink) => unknown> = {
        subscribe: () => begin((sink) => calls.execNotificationQueryAsync('SELECT * FROM Acme_Alarm', sink)),
        query: () => begin((sink) => calls.execQueryAsync('SELECT * FROM Thing', sink)),
        'bad query': () => begin((sink) => calls.execQueryAsync('SELECT', sink)),
        put: () => begin((sink) => calls.putInstanceAsync(instanceOf(thing, { Id: 1 }), sink)),
        raise: () => service.raise('Acme_Alarm', { Door: 1 }),
        cancel: (sink) => calls.cancelAsyncCall(sink).catch(() => {}),
        turn: () => turns(1),
        throw: (sink) => {
          sink.indicate = () => {
            throw new Error('mine');
          };
        },
        hang: (sink) => {
          sink.indicate = () => new Promise(() => {}) as never;
        },
        close: () => services[Symbol.asyncDispose](),
      };
      const none = new RecordingSink();
      for (const [step, which] of list) await run[step](begun[which % (begun.length || 1)] ?? none);
      await services[Symbol.asyncDispose]();
      await turns();
      for (const { log } of begun) {
        const finals = log.filter((entry) => String(entry).startsWith('complete'));
        expect(finals).toHaveLength(1);
        expect(log.at(-1)).toBe(finals[0]);
      }
      expect(service.eventCounts()).toMatchObject({ subscriptions: 0, queued: 0 });
    }),
    { numRuns: 60 },
  );
});
