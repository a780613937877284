import { expect } from 'vitest';

/** Expects an error of wmisec with that code. */
export function expectCode(run: () => unknown, code: string): void {
  expect(run).toThrow(expect.objectContaining({ code }));
}
