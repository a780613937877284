import { type CimInstance, instanceOf } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, MAX_QUEUED_BYTES, shareOfQueues } from './event-queue.ts';
import { alarm } from './testing.ts';

const event = (Door: number) => instanceOf(alarm, { Door });

test('events come out as they went in, whatever is taken when, and none twice', () => {
  const steps = fc.array(fc.record({ push: fc.nat(5), take: fc.nat(5) }));
  fc.assert(
    fc.property(steps, (list) => {
      const queue = new EventQueue<CimInstance>();
      let pushed = 0;
      const taken: unknown[] = [];
      const take = (count: number) => {
        for (const { properties } of queue.take(count)) taken.push(properties['Door']);
      };
      for (const step of list) {
        for (let i = 0; i < step.push; i++) queue.push(event(pushed++), 1);
        take(step.take);
        expect(queue.length).toBe(pushed - taken.length);
      }
      take(pushed);
      expect(taken).toEqual(Array.from({ length: pushed }, (_, i) => i));
    }),
  );
});

test('20 MB wait, one more byte is lost and counted, and taking makes room again', () => {
  const queue = new EventQueue<CimInstance>();
  expect(queue.push(event(1), MAX_QUEUED_BYTES - 1)).toBe(true);
  expect(queue.push(event(2), 2)).toBe(false);
  expect(queue.push(event(3), 1)).toBe(true);
  expect([queue.length, queue.lost]).toEqual([2, 1]);
  expect(queue.take(1)).toHaveLength(1);
  expect(queue.push(event(4), MAX_QUEUED_BYTES - 1)).toBe(true);
});

test('together the queues of all subscribers hold 200 MB, each its share and 20 MB at most', () => {
  const MB = 1024 * 1024;
  expect([1, 10, 20, 1_000].map(shareOfQueues)).toEqual([20 * MB, 20 * MB, 10 * MB, 0.2 * MB]);
});
