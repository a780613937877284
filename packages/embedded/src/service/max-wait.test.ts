import { passwordIdentity } from '@wmisec/auth';
import type { OpenRequest, WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { openRequest } from '../testing.ts';
import { createService } from './create-service.ts';

let answers: boolean;

/** Stops answering once the service runs: nobody who logs on is let in or turned away. */
function repositoryThatStopsAnswering(): Repository {
  const repository = memoryRepository();
  const transact = repository.transact.bind(repository);
  repository.transact = (run) => (answers ? transact(run) : new Promise(() => {}));
  return repository;
}

beforeEach(() => {
  answers = true;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

async function openSilentServer(changes: Partial<OpenRequest>): Promise<Promise<WbemServices>[]> {
  const service = await createService({ providers: [], repository: repositoryThatStopsAnswering() });
  answers = false;
  const identity = passwordIdentity({ user: 'ann', password: 'x' });
  const request = openRequest('root\\cimv2', { server: 'srv', identity, ...changes });
  return [service.transport({ remote: true }).open(request)];
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  const first = await Promise.race([promise.catch(() => null), Promise.resolve(pending)]);
  return first === pending;
}

test('AC-2.4 with useMaxWait a server that never answers is given up within 120 seconds', async () => {
  const [opening] = await openSilentServer({ useMaxWait: true });
  await vi.advanceTimersByTimeAsync(119_999);
  expect(await isPending(opening!)).toBe(true);
  const end = expect(opening).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT', operation: 'open' });
  await vi.advanceTimersByTimeAsync(1);
  await end;
});

test('AC-2.4 a shorter time limit of the client holds, and a longer one does not', async () => {
  for (const [timeoutMs, limit] of [
    [1_000, 1_000],
    [600_000, 120_000],
  ] as const) {
    answers = true;
    const [opening] = await openSilentServer({ useMaxWait: true, timeoutMs });
    const end = expect(opening).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
    await vi.advanceTimersByTimeAsync(limit);
    await end;
  }
});

test('AC-2.4 without useMaxWait the client waits until it loses patience itself', async () => {
  const patience = new AbortController();
  const [opening] = await openSilentServer({ useMaxWait: false, signal: patience.signal });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await isPending(opening!)).toBe(true);
  patience.abort();
  await expect(opening).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});
