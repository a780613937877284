import { expect, test } from 'vitest';
import { CallLimit } from './call-limit.ts';

const open = new AbortController().signal;
const never = new Promise<never>(() => {});

test('without a time limit a native call waits a slice of 250 ms', () => {
  using limit = new CallLimit('next', {}, open);
  expect(limit.slice).toBe(250);
});

test('a native call never waits past the time limit', () => {
  using limit = new CallLimit('next', { timeoutMs: 40 }, open);
  expect(limit.slice).toBeLessThanOrEqual(40);
});

test('past the time limit the call ends with WBEM_E_TIMED_OUT and names itself', async () => {
  using limit = new CallLimit('getObject', { timeoutMs: 1 }, open);
  await expect(limit.race(never)).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT', operation: 'getObject' });
  expect(() => limit.check()).toThrow(expect.objectContaining({ code: 'WBEM_E_TIMED_OUT' }));
});

test('an aborted signal ends the call with WBEM_E_CALL_CANCELLED', async () => {
  const aborter = new AbortController();
  using limit = new CallLimit('next', { signal: aborter.signal, timeoutMs: 60_000 }, open);
  const ended = limit.race(never);
  aborter.abort();
  await expect(ended).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});

test('what work gives after the end goes to whoever clears up', async () => {
  const closing = AbortSignal.abort();
  using limit = new CallLimit('next', {}, closing);
  const late: string[] = [];
  const work = Promise.resolve('row');
  await expect(limit.race(work, (value) => late.push(value))).rejects.toBeDefined();
  await work;
  expect(late).toEqual(['row']);
});

test('work that ends in time gives what it gives', async () => {
  using limit = new CallLimit('next', { timeoutMs: 60_000 }, open);
  expect(await limit.race(Promise.resolve(1))).toBe(1);
  await expect(limit.race(Promise.reject(new Error('x')))).rejects.toThrow('x');
});
