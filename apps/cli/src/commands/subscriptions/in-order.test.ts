import { expect, test } from 'vitest';
import { inOrder } from './in-order.ts';

test.each([1, 2, 10])('results come in the order of the items, %i at a time', async (atATime) => {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const results = inOrder([3, 1, 2, 0], atATime, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await null;
    running--;
    return item * 10;
  });
  for await (const result of results) log.push(`${result}`);
  expect(log).toEqual(['30', '10', '20', '0']);
  expect(most).toBe(Math.min(atATime, 4));
});

test('nothing gives nothing', async () => {
  for await (const result of inOrder([], 3, async () => 1)) expect(result).toBe('never');
});
