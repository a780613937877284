import { expect, test } from 'vitest';
import { requireSynchronous, type Synchronous } from './synchronous.ts';

function scoped<R>(fn: (() => R) & Synchronous<R>): R {
  return requireSynchronous((fn as () => R)(), 'the scope');
}

test('a value comes through, whatever it is', () => {
  expect(scoped(() => JSON.parse('[1]'))).toEqual([1]);
  expect([scoped(() => 1), scoped(() => null), scoped(() => undefined)]).toEqual([1, null, undefined]);
});

test('a promise, a thenable and a union with one are refused by the types and at run time', () => {
  const refusal = expect.objectContaining({ code: 'SCOPE_CROSSES_AWAIT' });
  // @ts-expect-error a promise
  expect(() => scoped(async () => 1)).toThrow(refusal);
  const thenable: PromiseLike<number> = Promise.resolve(1);
  // @ts-expect-error a thenable
  expect(() => scoped(() => thenable)).toThrow(refusal);
  // @ts-expect-error perhaps a promise
  expect(() => scoped((): number | Promise<number> => Promise.resolve(1))).toThrow(refusal);
});

test('a rejected promise is refused too, and its rejection goes nowhere', async () => {
  const rejected = Promise.reject(new Error('late')) as unknown as number;
  expect(() => scoped(() => rejected)).toThrow(/must not return a promise/);
  await new Promise((done) => setImmediate(done));
});
