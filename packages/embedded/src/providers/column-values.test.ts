import { expect, test } from 'vitest';
import { count, kilobytes, textOrNull, wholeOrNull } from './column-values.ts';

test.each(['', '-', 'unknown', 'Unknown', null, undefined])('%j is no text', (value) => {
  expect(textOrNull(value)).toBeNull();
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, null, undefined])('%j is no count', (value) => {
  expect(count(value)).toBeNull();
});

test('a count is a whole number', () => {
  expect(count(1500)).toBe(1500);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, null, undefined])('%j is no size', (value) => {
  expect(wholeOrNull(value)).toBeNull();
});

test('sizes are whole numbers, memory is counted in kilobytes', () => {
  expect(wholeOrNull(2 ** 53 * 2)).toBe(2n ** 54n);
  expect(wholeOrNull(1.5)).toBe(2n);
  expect(kilobytes(4096)).toBe(4n);
  expect(kilobytes(1023)).toBe(0n);
});
