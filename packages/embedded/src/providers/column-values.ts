import { type CimDateTime, fromDate } from '@wmisec/wbem';

export function dateTime(date: Date | null): CimDateTime | null {
  return date === null ? null : fromDate(date);
}

const UNKNOWN: ReadonlySet<string> = new Set(['', '-', 'unknown']);

/** null where the library has only a word for not knowing. */
export function textOrNull(value: string | null | undefined): string | null {
  return value === undefined || value === null || UNKNOWN.has(value.toLowerCase()) ? null : value;
}

/** The nearest `uint64`; null for what is none. */
export function wholeOrNull(value: number | null | undefined): bigint | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? BigInt(Math.round(value)) : null;
}

/** Bytes as the kilobytes in which WMI counts memory. */
export function kilobytes(bytes: number): bigint | null {
  return wholeOrNull(Math.floor(bytes / 1024));
}

/** A whole number; null where the system does not tell one. */
export function count(value: number | null | undefined): number | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? Math.round(value) : null;
}
