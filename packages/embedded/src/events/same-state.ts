import { type CimInstance, type CimValue, formatDateTime, isCimDateTime, isCimObject } from '@wmisec/wbem';

/** True when two instances of one class tell the same. */
export function sameState(a: CimInstance, b: CimInstance): boolean {
  return a.shape.properties.every(({ name }) =>
    sameValue(a.properties[name] ?? null, b.properties[name] ?? null),
  );
}

function sameValue(a: CimValue, b: CimValue): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, i) => sameValue(each, b[i] ?? null));
  if (isCimDateTime(a)) return isCimDateTime(b) && formatDateTime(a) === formatDateTime(b);
  if (!isInstance(a) || !isInstance(b)) return false;
  return a.shape.className === b.shape.className && sameState(a, b);
}

function isInstance(value: CimValue): value is CimInstance {
  return isCimObject(value) && value.kind === 'instance';
}
