import { expect, test } from 'vitest';
import { secretBytes } from './secret-bytes.ts';

test('the bytes stand outside the heap that the collector moves', () => {
  const before = process.memoryUsage().arrayBuffers;
  const held = Array.from({ length: 100_000 }, () => secretBytes(48));
  expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(held.length * 24);
});
