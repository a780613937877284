import { type CimDateTime, type CimInterval, compareDateTime } from '../cim/datetime.ts';

interface Instant {
  readonly milliseconds: number;
  /** The microseconds that the milliseconds leave over. */
  readonly rest: number;
}

/**
 * How datetimes stand to one: by the instant in UTC, NaN when unknown fields leave it open. Values that are
 * wholly known take a way without bigints, since a filter compares thousands of rows.
 */
export function compileDateTimeOrder(
  constant: CimDateTime | CimInterval,
): (value: CimDateTime | CimInterval) => number {
  const known = instantOf(constant);
  return (value) => {
    const instant = known === null ? null : instantOf(value);
    if (known === null || instant === null) return compareDateTime(value, constant) ?? Number.NaN;
    return instant.milliseconds - known.milliseconds || instant.rest - known.rest;
  };
}

function instantOf(value: CimDateTime | CimInterval): Instant | null {
  if (value.kind !== 'datetime' || value.fractionDigits !== undefined) return null;
  const { year, month, day, hour, minute, second, microsecond, utcOffset } = value;
  if (month === null || day === null || hour === null || minute === null || second === null) return null;
  // Date.UTC takes years below 100 for those of the twentieth century.
  if (year === null || year < 100 || microsecond === null || utcOffset === null) return null;
  const rest = microsecond % 1000;
  const wholeMilliseconds = (microsecond - rest) / 1000;
  const utc = Date.UTC(year, month - 1, day, hour, minute - utcOffset, second, wholeMilliseconds);
  return { milliseconds: utc, rest };
}
