import fc from 'fast-check';
import { expect, test } from 'vitest';
import { event } from './testing.ts';
import { WatchBuffer } from './watch-buffer.ts';
import { watchedEvent } from './watched-event.ts';

test('whatever is pushed and taken, each event is consumed in order or counted as missing', async () => {
  const steps = fc.array(fc.constantFrom('push' as const, 'take' as const), { maxLength: 200 });
  const policies = fc.constantFrom('dropOldest' as const, 'dropNewest' as const);
  await fc.assert(
    fc.asyncProperty(steps, policies, fc.integer({ min: 1, max: 5 }), async (list, onFull, max) => {
      const buffer = new WatchBuffer({ operation: 'watch', max, onFull, timeoutMs: 0 });
      const consumed: number[] = [];
      let [pushed, missing, waiting] = [0, 0, true];
      const take = async () => {
        const item = await buffer.take();
        if (item.kind === 'missed') missing += item.count!;
        else consumed.push(Number(item.event['Door']));
      };
      for (const step of list)
        if (step === 'push') buffer.push(watchedEvent(event({ Door: pushed++ })));
        else if (consumed.length + missing < pushed) await take();
      buffer.end(new Error('end'));
      while (waiting) await take().catch(() => (waiting = false));
      expect(consumed.length + missing).toBe(pushed);
      expect(missing).toBe(buffer.dropped);
      expect(consumed).toEqual([...consumed].sort((a, b) => a - b));
    }),
  );
});

test('word of missing events is bounded as well', () => {
  const buffer = new WatchBuffer({ operation: 'watch', max: 1, onFull: 'dropOldest', timeoutMs: null });
  for (let i = 0; i < 2000; i++)
    buffer.miss({ kind: 'missed', reason: 'disconnected', count: null, between: null, error: null });
  expect(buffer.open).toBe(false);
});
