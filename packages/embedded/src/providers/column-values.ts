import { type CimDateTime, fromDate } from '@wmisec/wbem';

export function dateTime(date: Date | null): CimDateTime | null {
  return date === null ? null : fromDate(date);
}

/** null for what a library gives when it does not know: nothing, an empty text, NaN or a negative number. */
export function textOrNull(value: string | null | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** A whole number of bytes or the like as a `uint64`. */
export function wholeOrNull(value: number | null | undefined): bigint | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? BigInt(Math.round(value)) : null;
}
