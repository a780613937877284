import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDateTime, parseDateTime } from '../cim/datetime.ts';
import { compileDateTimeOrder } from './datetime-order.ts';

const pad = (width: number) => (n: number) => String(n).padStart(width, '0');
const field = (max: number, width = 2, min = 0) => fc.integer({ min, max }).map(pad(width));

const text = fc
  .tuple(
    fc.oneof(field(9999, 4), fc.constantFrom('0000', '0099', '0100', '2026')),
    field(12, 2, 1),
    field(28, 2, 1),
    fc.constantFrom('000000', '235959', '120000'),
    fc.constantFrom('000000', '000001', '000999', '001000', '999999', '5*****', '550000', '******'),
    fc.constantFrom('+000', '+060', '-720', '+***'),
  )
  .map(([year, month, day, time, fraction, offset]) => `${year}${month}${day}${time}.${fraction}${offset}`);

test('the way without bigints orders as CIM does', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const order = compileDateTimeOrder(parseDateTime(b))(parseDateTime(a));
      const expected = compareDateTime(parseDateTime(a), parseDateTime(b));
      expect(Math.sign(order)).toBe(expected === null ? Number.NaN : Math.sign(expected));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['20260301100000.000000+060', '20260301090000.000000+000', 0],
  ['20260301000000.000000+060', '20260228230000.000001+000', -1],
  ['20240229000000.000000+000', '20240228235959.999999+000', 1],
  ['00500101000000.000000+000', '19500101000000.000000+000', -1],
])('%s stands to %s as %i', (a, b, order) => {
  expect(Math.sign(compileDateTimeOrder(parseDateTime(b))(parseDateTime(a)))).toBe(order);
});
