import type { PropertyBag } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { rowBatches } from './row-batches.ts';

async function sizesOf(rows: Parameters<typeof rowBatches>[0]): Promise<number[]> {
  const sizes: number[] = [];
  for await (const batch of rowBatches(rows)) sizes.push(batch.length);
  return sizes;
}

function* singles(count: number): Generator<PropertyBag> {
  for (let Id = 0; Id < count; Id++) yield { Id };
}

test('single rows travel together, as many as fit into a batch', async () => {
  expect(await sizesOf(singles(600))).toEqual([256, 256, 88]);
  expect(await sizesOf([])).toEqual([]);
});

test('arrays of rows come as they are, after the single rows before them', async () => {
  expect(await sizesOf([{ Id: 1 }, [{ Id: 2 }, { Id: 3 }], [], { Id: 4 }])).toEqual([1, 2, 0, 1]);
});

test('rows that have to be awaited are not held back', async () => {
  async function* awaited() {
    yield* singles(2);
    yield [{ Id: 3 }, { Id: 4 }];
  }
  expect(await sizesOf(awaited())).toEqual([1, 1, 2]);
});

test('no more is asked for than is wanted', async () => {
  let given = 0;
  function* endless() {
    for (;;) yield [{ Id: given++ }];
  }
  for await (const _batch of rowBatches(endless())) if (given === 3) break;
  expect(given).toBe(3);
});
