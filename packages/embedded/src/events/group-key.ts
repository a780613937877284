import {
  type CimInstance,
  type CimValue,
  findProperty,
  foldName,
  formatDateTime,
  isCimDateTime,
  isCimObject,
  type PropertyName,
} from '@wmisec/wbem';

/** What is equal for events of one group: the values of the properties of `BY`, strings in any case. */
export function groupKey(by: readonly PropertyName[], event: CimInstance): string {
  return JSON.stringify(by.map((name) => comparable(readValue(name, event))));
}

function readValue(name: PropertyName, event: CimInstance): CimValue {
  let value: CimValue = event;
  for (const part of name) {
    if (!isCimObject(value) || value.kind !== 'instance') return null;
    value = memberOf(value, part);
  }
  return value;
}

function memberOf({ shape, properties }: CimInstance, name: string): CimValue {
  if (foldName(name) === '__class') return shape.className;
  const declared = findProperty(shape, name)?.name;
  return declared === undefined ? null : (properties[declared] ?? null);
}

/** Objects and arrays cannot be grouped by, so that they count as null. */
function comparable(value: CimValue): unknown {
  if (typeof value === 'string') return ['text', value.toLowerCase()];
  if (isCimDateTime(value)) return ['datetime', formatDateTime(value)];
  return typeof value === 'object' ? null : [typeof value, String(value)];
}
