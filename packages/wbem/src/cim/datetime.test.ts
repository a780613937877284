import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../errors/parse-error.ts';
import { expectCode } from '../testing.ts';
import { compareDateTime, formatDateTime, fromDate, parseDateTime, toDate } from './datetime.ts';

const point = (text: string) => {
  const value = parseDateTime(text);
  if (value.kind !== 'datetime') throw new TypeError('expected an instant');
  return value;
};

describe('parseDateTime (DSP0004 2.2.1)', () => {
  it('reads an instant with its offset from UTC', () => {
    expect(parseDateTime('19980525133015.012345-300')).toEqual({
      kind: 'datetime',
      year: 1998,
      month: 5,
      day: 25,
      hour: 13,
      minute: 30,
      second: 15,
      microsecond: 12345,
      utcOffset: -300,
    });
  });

  it('reads an interval', () => {
    expect(parseDateTime('00000001132312.125000:000')).toEqual({
      kind: 'interval',
      days: 1,
      hours: 13,
      minutes: 23,
      seconds: 12,
      microseconds: 125000,
    });
  });

  it('reads asterisks as unknown', () => {
    expect(parseDateTime('********123000.000000+***')).toMatchObject({
      year: null,
      hour: 12,
      utcOffset: null,
    });
    expect(parseDateTime('19980525133015.01****-300')).toMatchObject({
      microsecond: 10000,
      fractionDigits: 2,
    });
  });

  it.each([
    '',
    '19980525133015.000000',
    '19981325133015.000000+000',
    '19980230133015.000000+000',
    '19000229133015.000000+000',
    '19980500133015.000000+000',
    '19980525243015.000000+000',
    '19980525136015.000000+000',
    '19980525133060.000000+000',
    '1998*525133015.000000+000',
    '19980525133015.0*0000+000',
    '19980525133015.000000:001',
    '19980525133015,000000+000',
    '00000001242312.000000:000',
    '19980525133015.000000+000\n',
    '١٩٩٨٠٥٢٥133015.000000+000',
  ])('refuses %j', (text) => {
    expectCode(() => parseDateTime(text), 'INVALID_DATETIME');
  });

  it('keeps 29 February in leap years', () => {
    expect(point('20000229000000.000000+000').day).toBe(29);
    expect(point('****0229000000.000000+000').day).toBe(29);
  });

  it('throws nothing but ParseError, whatever comes', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'0123456789*.:+-'), minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        try {
          expect(formatDateTime(parseDateTime(text))).toHaveLength(25);
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }),
    );
  });
});

const maybe = (max: number, min = 0) => fc.option(fc.integer({ min, max }));
const datetime = fc.record({
  kind: fc.constant('datetime' as const),
  year: maybe(9999),
  month: maybe(12, 1),
  day: maybe(28, 1),
  hour: maybe(23),
  minute: maybe(59),
  second: maybe(59),
  microsecond: maybe(999_999),
  utcOffset: maybe(840, -840),
});
const interval = fc.record({
  kind: fc.constant('interval' as const),
  days: maybe(99_999_999),
  hours: maybe(23),
  minutes: maybe(59),
  seconds: maybe(59),
  microseconds: maybe(999_999),
});

describe('formatDateTime', () => {
  it('is read back as the same value', () => {
    fc.assert(
      fc.property(fc.oneof(datetime, interval), (value) => {
        expect(parseDateTime(formatDateTime(value))).toEqual(value);
      }),
    );
  });

  it.each(['********123000.000000+***', '19980525133015.01****-300', '********13**12.******:000'])(
    'writes %s as it was',
    (text) => {
      expect(formatDateTime(parseDateTime(text))).toBe(text);
    },
  );
});

const moment = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

describe('Date', () => {
  it('goes there and back', () => {
    fc.assert(
      fc.property(moment, (date) => {
        expect(toDate(fromDate(date))).toEqual(date);
      }),
    );
  });

  it('respects the offset', () => {
    expect(toDate(point('19980525133015.000000-300'))).toEqual(new Date('1998-05-25T18:30:15Z'));
  });

  it('is cut to milliseconds, before 1970 too', () => {
    expect(toDate(point('19691231235959.999999+000'))).toEqual(new Date(-1));
  });

  it('is null where fields are unknown', () => {
    expect(toDate(point('19980525133015.000***+000'))).toBeNull();
    expect(toDate(point('****0525133015.000000+000'))).toBeNull();
  });

  it('outside the years 0 to 9999 is refused', () => {
    expectCode(() => fromDate(new Date(8.64e15)), 'WBEM_E_VALUE_OUT_OF_RANGE');
    expectCode(() => fromDate(new Date(Number.NaN)), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });
});

describe('compareDateTime', () => {
  const compare = (a: string, b: string) => compareDateTime(parseDateTime(a), parseDateTime(b));

  it('compares instants, not clocks', () => {
    expect(compare('20240101120000.000000+060', '20240101110000.000000+000')).toBe(0);
    expect(compare('20240101120000.000000+060', '20240101120000.000000+000')).toBe(-1);
    expect(compare('20240101120000.000001+000', '20240101120000.000000+000')).toBe(1);
  });

  it('agrees with Date', () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(compareDateTime(fromDate(a), fromDate(b))).toBe(Math.sign(a.getTime() - b.getTime()));
      }),
    );
  });

  it('compares lengths', () => {
    expect(compare('00000001000000.000000:000', '00000000235959.999999:000')).toBe(1);
  });

  it('decides on ranges only when they lie apart', () => {
    expect(compare('2023**********.******+000', '20240101000000.000000+000')).toBe(-1);
    expect(compare('202402********.******+000', '20240301000000.000000+000')).toBe(-1);
    expect(compare('2024**********.******+000', '20240101000000.000000+000')).toBeNull();
    expect(compare('20240101000000.1*****+000', '20240101000000.200000+000')).toBe(-1);
  });

  it('gives null for what cannot be compared', () => {
    expect(compare('****0101000000.000000+000', '20240101000000.000000+000')).toBeNull();
    expect(compare('20240101000000.000000+***', '20240101000000.000000+000')).toBeNull();
    expect(compare('00000001000000.000000:000', '20240101000000.000000+000')).toBeNull();
  });
});
