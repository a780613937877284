import { type CimInstance, defineClass, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService } from '../service/create-service.ts';
import { open } from '../testing.ts';

const number = defineClass({
  name: 'Acme_Number',
  qualifiers: { dynamic: true, provider: 'Numbers' },
  properties: { N: { type: 'uint32', key: true } },
});

/** 0 to 9 in batches of 4, 4 and 2. */
const numbers = {
  name: 'Numbers',
  classes: [number],
  *enumerate() {
    for (const start of [0, 4, 8])
      yield [0, 1, 2, 3].map((i) => ({ N: start + i })).filter(({ N }) => N < 10);
  },
};

let services: WbemServices;

beforeEach(async () => {
  services = await open(await createService({ providers: [numbers] }), 'root\\cimv2');
});

const rows = () => services.createInstanceEnum('Acme_Number');
const values = ({ objects }: { objects: readonly CimInstance[] }) =>
  objects.map(({ properties }) => properties.N);

test('next gives what was asked for, whatever the batches of the source', async () => {
  await using e = await rows();
  expect(values(await e.next(3))).toEqual([0, 1, 2]);
  expect(values(await e.next(6))).toEqual([3, 4, 5, 6, 7, 8]);
  const last = await e.next(6);
  expect(values(last)).toEqual([9]);
  expect(last.done).toBe(true);
  expect(await e.next(6)).toEqual({ objects: [], done: true, status: 0 });
});

test('reset starts again, skip leaves out', async () => {
  await using e = await rows();
  await e.skip(8);
  expect(values(await e.next(10))).toEqual([8, 9]);
  await e.reset();
  await e.skip(1);
  expect(values(await e.next(2))).toEqual([1, 2]);
  await e.skip(100);
  expect((await e.next(1)).done).toBe(true);
});

test('a clone stands where the original stood, and goes its own way', async () => {
  await using e = await rows();
  await e.next(5);
  await using copy = await e.clone();
  expect(values(await copy.next(2))).toEqual([5, 6]);
  expect(values(await e.next(1))).toEqual([5]);
});

test('calls that overlap are served one after the other', async () => {
  await using e = await rows();
  const batches = await Promise.all([e.next(4), e.next(4), e.next(4)]);
  expect(batches.map((b) => values(b))).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
});

test.each([0, -1, 1.5, Number.NaN, 10_001])('next(%d) is refused', async (count) => {
  await using e = await rows();
  await expect(e.next(count)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER', operation: 'next' });
  expect(values(await e.next(1))).toEqual([0]);
});

test('an enumerator outlives the connection that it came from', async () => {
  await using e = await rows();
  await services[Symbol.asyncDispose]();
  await expect(rows()).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
  expect((await e.next(1)).objects).toHaveLength(1);
});

test('a call that waits for its turn ends in its own time', async () => {
  const hanging = {
    name: 'Numbers',
    classes: [number],
    enumerate: async function* () {
      await new Promise(() => {});
      yield [];
    },
  };
  const others = await open(await createService({ providers: [hanging] }), 'root\\cimv2');
  await using e = await others.createInstanceEnum('Acme_Number');
  const first = e.next(1).catch((error: unknown) => error);
  await expect(e.next(1, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
  await e[Symbol.asyncDispose]();
  expect(await first).toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});
