import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemTimers } from './timers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a delay that is longer than a timer of Node takes is waited for', () => {
  const run = vi.fn();
  const thirtyDays = 30 * 24 * 3600 * 1000;
  systemTimers.after(thirtyDays, run);
  vi.advanceTimersByTime(thirtyDays - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('what is cancelled does not run, at any time', () => {
  const run = vi.fn();
  const cancel = systemTimers.after(0x7fff_ffff * 2, run);
  vi.advanceTimersByTime(0x7fff_ffff + 1);
  cancel();
  vi.advanceTimersByTime(0x7fff_ffff * 2);
  expect(run).not.toHaveBeenCalled();
});
