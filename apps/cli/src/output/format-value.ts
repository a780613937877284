import { type CimObject, type CimScalar, type CimValue, formatDateTime } from '@wmisec/wbem';

/** A value as JSON can carry it: 64-bit integers as decimal strings, date-times in CIM's text, objects as objects. */
export function toJsonValue(value: CimValue): unknown {
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  return structured(value as Exclude<CimScalar, string | number | bigint | boolean>);
}

/** A value as one cell of text; null is empty. */
export function toText(value: CimValue): string {
  if (value === null) return '';
  const json = toJsonValue(value);
  return typeof json === 'object' ? JSON.stringify(json) : String(json);
}

function structured(value: Exclude<CimScalar, string | number | bigint | boolean>): unknown {
  if (value.kind === 'datetime' || value.kind === 'interval') return formatDateTime(value);
  return objectToJson(value);
}

function objectToJson(object: CimObject): unknown {
  if (object.kind === 'class') return { class: object.className };
  return Object.fromEntries(
    Object.entries(object.properties).map(([name, value]) => [name, toJsonValue(value)]),
  );
}
