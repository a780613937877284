import { expect, test } from 'vitest';
import { countAttempt, DEFAULT_LOCKOUT, type Failures, isLocked, NO_FAILURES } from './lockout.ts';

const MINUTE = 60_000;

function after(attempts: number, policy = DEFAULT_LOCKOUT, every = 1): Failures {
  let failures = NO_FAILURES;
  for (let n = 1; n <= attempts; n++) failures = countAttempt(failures, n * every, policy);
  return failures;
}

test('the tenth failure in a row locks, for ten minutes', () => {
  expect(isLocked(after(9), 9, DEFAULT_LOCKOUT)).toBe(false);
  expect(isLocked(after(10), 10, DEFAULT_LOCKOUT)).toBe(true);
  expect(isLocked(after(10), 10 + 10 * MINUTE - 1, DEFAULT_LOCKOUT)).toBe(true);
  expect(isLocked(after(10), 10 + 10 * MINUTE, DEFAULT_LOCKOUT)).toBe(false);
});

test('attempts while locked do not make the lock longer', () => {
  const locked = after(10);
  expect(countAttempt(locked, 5 * MINUTE, DEFAULT_LOCKOUT)).toEqual(locked);
});

test('failures that lie ten minutes apart never lock', () => {
  expect(after(100, DEFAULT_LOCKOUT, 10 * MINUTE).lockedAt).toBeNull();
});

test('after a lock the count begins anew', () => {
  expect(countAttempt(after(10), 11 * MINUTE, DEFAULT_LOCKOUT)).toEqual({
    count: 1,
    lastAt: 11 * MINUTE,
    lockedAt: null,
  });
});

test('a threshold of 0 never locks', () => {
  expect(after(1000, { ...DEFAULT_LOCKOUT, threshold: 0 }).lockedAt).toBeNull();
});
