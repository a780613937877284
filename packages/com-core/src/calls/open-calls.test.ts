import { expect, test } from 'vitest';
import { OpenCalls } from './open-calls.ts';

test('closing cancels a call at once and waits until its work has unwound', async () => {
  const calls = new OpenCalls();
  const order: string[] = [];
  let finish = () => {};
  const run = calls.run('next', {}, () => new Promise<void>((resolve) => (finish = resolve)));
  const outcome = run.catch((error) => order.push(error.code));
  const closed = calls.close().then(() => order.push('closed'));
  await outcome;
  finish();
  await closed;
  expect(order).toEqual(['WBEM_E_CALL_CANCELLED', 'closed']);
});

test('after closing, calls are refused with DISPOSED', async () => {
  const calls = new OpenCalls();
  await calls.close();
  await expect(calls.run('next', {}, async () => 1)).rejects.toMatchObject({ code: 'DISPOSED' });
});

test('a call that fails fails with its own error', async () => {
  const calls = new OpenCalls();
  const failing = calls.run('next', {}, async () => {
    throw new Error('own');
  });
  await expect(failing).rejects.toThrow('own');
});
