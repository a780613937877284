import { formatDateTime, isCimDateTime } from './datetime.ts';
import type { CimValue } from './values.ts';

/** True for equal values of one type; objects are equal only to themselves. */
export function sameValue(a: CimValue, b: CimValue): boolean {
  if (Object.is(a, b)) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((v, i) => sameValue(v, b[i] ?? null));
  if (isCimDateTime(a) && isCimDateTime(b)) return formatDateTime(a) === formatDateTime(b);
  return false;
}

function isList(value: CimValue): value is readonly Exclude<CimValue, readonly unknown[]>[] {
  return Array.isArray(value);
}
