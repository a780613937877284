import { expect, test } from 'vitest';
import { parseDateTime } from '../cim/datetime.ts';
import type { CimValue } from '../cim/values.ts';
import { compileOrder, orderValues } from './order-values.ts';
import type { WqlConstant } from './query.ts';

const noon = parseDateTime('20260301120000.000000+000');
const oneHour = parseDateTime('00000000010000.000000:000');

test.each<[CimValue, WqlConstant, number]>([
  ['Abc', 'aBC', 0],
  ['abc', 'abd', -1],
  ['10', 9n, -1],
  [9007199254740993n, 9007199254740992n, 1],
  [9007199254740993n, '9007199254740993', 0],
  [5, 5.5, -1],
  [5, '+5.0e0', 0],
  [true, 'FALSE', 1],
  [true, -1n, 0],
  [1, true, 0],
  ['True', true, 0],
  [oneHour, '00000000005959.999999:000', 1],
  [null, null, 0],
  ['', null, 1],
])('%o stands to the constant %o as %o', (value, constant, order) => {
  expect(Math.sign(compileOrder(constant)(value))).toBe(order);
});

test.each<[CimValue, WqlConstant]>([
  [null, 0n],
  [null, ''],
  [5, 'five'],
  [5, ''],
  [true, 'yes'],
  [Number.NaN, 0n],
  [noon, 5n],
  [noon, true],
  [noon, '2026-03-01'],
  [noon, '00000000010000.000000:000'],
  [[1], 1n],
  [['a'], 'a'],
])('%o has no order to the constant %o', (value, constant) => {
  expect(compileOrder(constant)(value)).toBeNaN();
});

test.each<[CimValue, CimValue, number]>([
  ['a', 'A', 0],
  [1, 2n, -1],
  [null, null, 0],
  [noon, parseDateTime('20260301130000.000000+060'), 0],
  [noon, '20260301120000.000001+000', -1],
  ['20260301120000.000001+000', noon, 1],
  [true, false, 1],
  ['5', 5, 0],
])('%o stands to %o as %o', (a, b, order) => {
  expect(Math.sign(orderValues(a, b))).toBe(order);
  expect(Math.sign(orderValues(b, a))).toBe(order === 0 ? 0 : -order);
});

test.each<[CimValue, CimValue]>([
  [null, 1],
  ['a', null],
  [noon, oneHour],
  [noon, 5],
  [[1], [1]],
])('%o and %o have no order', (a, b) => {
  expect(orderValues(a, b)).toBeNaN();
  expect(orderValues(b, a)).toBeNaN();
});
