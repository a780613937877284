import { ParseError } from '../errors/parse-error.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';

/**
 * A point in time, `yyyymmddHHMMSS.mmmmmmsUUU`; a field of asterisks is null.
 * @see DMTF DSP0004 2.2.1
 */
export interface CimDateTime {
  readonly kind: 'datetime';
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly hour: number | null;
  readonly minute: number | null;
  readonly second: number | null;
  readonly microsecond: number | null;
  /** How many digits of the microseconds are known, 1 to 5, when asterisks follow; absent for all six. */
  readonly fractionDigits?: number;
  /** Minutes east of UTC. */
  readonly utcOffset: number | null;
}

/** A length of time, `ddddddddHHMMSS.mmmmmm:000`; a field of asterisks is null. */
export interface CimInterval {
  readonly kind: 'interval';
  readonly days: number | null;
  readonly hours: number | null;
  readonly minutes: number | null;
  readonly seconds: number | null;
  readonly microseconds: number | null;
  /** As in `CimDateTime`. */
  readonly fractionDigits?: number;
}

const FRACTION = String.raw`(\d{6}|\d{1,5}\*{1,5}|\*{6})`;
const TWO = String.raw`(\d\d|\*\*)`;
const POINT = new RegExp(
  String.raw`^(\d{4}|\*{4})${TWO}${TWO}${TWO}${TWO}${TWO}\.${FRACTION}([+-])(\d{3}|\*{3})$`,
);
const LENGTH = new RegExp(String.raw`^(\d{8}|\*{8})${TWO}${TWO}${TWO}\.${FRACTION}:000$`);
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for either form of the CIM type `datetime`. */
export function isCimDateTime(value: unknown): value is CimDateTime | CimInterval {
  if (typeof value !== 'object' || value === null) return false;
  const { kind } = value as Partial<CimDateTime | CimInterval>;
  return kind === 'datetime' || kind === 'interval';
}

/**
 * A datetime from its 25 characters; `:000` at the end makes it an interval.
 * @throws ParseError `INVALID_DATETIME` for another form or a date that no calendar has.
 * @see DMTF DSP0004 2.2.1
 */
export function parseDateTime(text: string): CimDateTime | CimInterval {
  if (text.length !== 25) throw malformed(text);
  const interval = LENGTH.exec(text);
  if (interval !== null) return intervalOf(text, interval);
  const point = POINT.exec(text);
  if (point !== null) return pointOf(text, point);
  throw malformed(text);
}

/** The 25 characters of a datetime or interval; null fields as asterisks. */
export function formatDateTime(value: CimDateTime | CimInterval): string {
  if (value.kind === 'interval') {
    const { days, hours, minutes, seconds } = value;
    return `${digits(days, 8)}${digits(hours)}${digits(minutes)}${digits(seconds)}.${fraction(value.microseconds, value.fractionDigits)}:000`;
  }
  const { year, month, day, hour, minute, second, microsecond, fractionDigits, utcOffset } = value;
  const date = `${digits(year, 4)}${digits(month)}${digits(day)}`;
  const time = `${digits(hour)}${digits(minute)}${digits(second)}.${fraction(microsecond, fractionDigits)}`;
  const sign = utcOffset !== null && utcOffset < 0 ? '-' : '+';
  return `${date}${time}${sign}${digits(utcOffset === null ? null : Math.abs(utcOffset), 3)}`;
}

/**
 * The instant of a `Date`, in UTC.
 * @throws WbemError `WBEM_E_VALUE_OUT_OF_RANGE` outside the years 0 to 9999 and for an invalid `Date`.
 */
export function fromDate(date: Date): CimDateTime {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999))
    throw new WbemError(
      WbemStatus.WBEM_E_VALUE_OUT_OF_RANGE,
      `a datetime has a year from 0 to 9999, got ${year}`,
    );
  return {
    kind: 'datetime',
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: date.getUTCMilliseconds() * 1000,
    utcOffset: 0,
  };
}

/** The instant as a `Date`, cut to milliseconds; null when a field or a digit is unknown. */
export function toDate(value: CimDateTime): Date | null {
  const [earliest, latest] = rangeOf(value) ?? [0n, 1n];
  if (earliest !== latest) return null;
  const milliseconds = earliest / 1000n - (earliest % 1000n < 0n ? 1n : 0n);
  return new Date(Number(milliseconds));
}

/**
 * Negative, zero or positive as `a` is before, at or after `b`. Unknown fields make a value a range; null
 * when ranges overlap, when unknown fields stand before known ones, and for an interval beside an instant.
 * @see DMTF DSP0004 2.2.1
 */
export function compareDateTime(a: CimDateTime | CimInterval, b: CimDateTime | CimInterval): number | null {
  if (a.kind !== b.kind) return null;
  const [x, y] = [rangeOf(a), rangeOf(b)];
  if (x === null || y === null) return null;
  if (x[1] < y[0]) return -1;
  if (x[0] > y[1]) return 1;
  return x[0] === x[1] && y[0] === y[1] ? 0 : null;
}

/** The first and the last microsecond that a value may mean, since 1970 or as a length. */
function rangeOf(value: CimDateTime | CimInterval): readonly [bigint, bigint] | null {
  return value.kind === 'interval' ? lengthRange(value) : pointRange(value);
}

function lengthRange(v: CimInterval): readonly [bigint, bigint] | null {
  const fields = [v.days, v.hours, v.minutes, v.seconds, v.microseconds];
  if (!knownFirst(fields)) return null;
  const total = (of: readonly number[]) =>
    (((BigInt(of[0]!) * 24n + BigInt(of[1]!)) * 60n + BigInt(of[2]!)) * 60n + BigInt(of[3]!)) * 1_000_000n +
    BigInt(of[4]!);
  const most = [99_999_999, 23, 59, 59, 999_999];
  return [total(fields.map((f) => f ?? 0)), total(fields.map((f, i) => f ?? most[i]!)) + slack(v)];
}

function pointRange(v: CimDateTime): readonly [bigint, bigint] | null {
  const fields = [v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond];
  if (v.utcOffset === null || !knownFirst(fields)) return null;
  const least = fields.map((f, i) => f ?? (i === 1 || i === 2 ? 1 : 0));
  const most = fields.map((f, i) => f ?? [9999, 12, 0, 23, 59, 59, 999_999][i]!);
  if (v.day === null) most[2] = lastDay(v.year ?? 9999, most[1]!);
  const shift = BigInt(v.utcOffset) * 60_000_000n;
  return [microsecondsOf(least) - shift, microsecondsOf(most) + slack(v) - shift];
}

function microsecondsOf([year, month, day, hour, minute, second, microsecond]: readonly number[]): bigint {
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day);
  date.setUTCHours(hour!, minute, second);
  return BigInt(date.getTime()) * 1000n + BigInt(microsecond!);
}

function knownFirst(fields: readonly (number | null)[]): boolean {
  const unknown = fields.indexOf(null);
  return unknown < 0 || fields.slice(unknown).every((f) => f === null);
}

function slack({ fractionDigits = 6 }: { readonly fractionDigits?: number }): bigint {
  return 10n ** BigInt(6 - fractionDigits) - 1n;
}

function intervalOf(text: string, [, days, hours, minutes, seconds, micros]: RegExpExecArray): CimInterval {
  return {
    kind: 'interval',
    days: field(days!),
    hours: within(text, 'an hour up to 23', field(hours!), 0, 23),
    minutes: within(text, 'a minute up to 59', field(minutes!), 0, 59),
    seconds: within(text, 'a second up to 59', field(seconds!), 0, 59),
    microseconds: micro(micros!),
    ...knownDigits(micros!),
  };
}

function pointOf(text: string, fields: RegExpExecArray): CimDateTime {
  const [, yyyy, mm, dd, hours, minutes, seconds, micros, sign, offset] = fields;
  const year = field(yyyy!);
  const month = within(text, 'a month from 1 to 12', field(mm!), 1, 12);
  const day = within(text, 'a day of the month', field(dd!), 1, lastDay(year, month));
  const east = field(offset!);
  return {
    kind: 'datetime',
    year,
    month,
    day,
    hour: within(text, 'an hour up to 23', field(hours!), 0, 23),
    minute: within(text, 'a minute up to 59', field(minutes!), 0, 59),
    second: within(text, 'a second up to 59', field(seconds!), 0, 59),
    microsecond: micro(micros!),
    ...knownDigits(micros!),
    utcOffset: east !== null && east !== 0 && sign === '-' ? -east : east,
  };
}

/** The last day of a month; the latest possible where year or month is unknown. */
function lastDay(year: number | null, month: number | null): number {
  if (month === null) return 31;
  const leap = year === null || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  return month === 2 && !leap ? 28 : DAYS_IN_MONTH[month - 1]!;
}

function field(text: string): number | null {
  return text.startsWith('*') ? null : Number(text);
}

function micro(text: string): number | null {
  return field(text.startsWith('*') ? text : text.replaceAll('*', '0'));
}

function knownDigits(text: string): { fractionDigits?: number } {
  const known = text.indexOf('*');
  return known > 0 ? { fractionDigits: known } : {};
}

function within(text: string, expected: string, value: number | null, min: number, max: number) {
  if (value !== null && (value < min || value > max)) throw malformed(text, expected);
  return value;
}

function digits(value: number | null, width = 2): string {
  return value === null ? '*'.repeat(width) : String(value).padStart(width, '0');
}

function fraction(microsecond: number | null, known = 6): string {
  return microsecond === null ? '******' : digits(microsecond, 6).slice(0, known).padEnd(6, '*');
}

function malformed(
  text: string,
  expected = 'yyyymmddHHMMSS.mmmmmm+UUU or ddddddddHHMMSS.mmmmmm:000',
): ParseError {
  const got = JSON.stringify(text.slice(0, 40));
  return new ParseError('INVALID_DATETIME', 'datetime', { offset: 0, expected, got });
}
