import { type CimInstance, type CimValue, findProperty, foldName, isCimObject } from '@wmisec/wbem';

/**
 * What a path of names leads to in an event, through embedded objects, and through arrays of them to an array.
 * @returns null where it leads nowhere.
 */
export function eventValue(event: CimInstance, path: readonly string[]): CimValue {
  let value: CimValue = event;
  for (const name of path) value = memberOf(value, name);
  return value;
}

function memberOf(value: CimValue, name: string): CimValue {
  if (Array.isArray(value)) return value.flatMap((each) => memberOf(each, name) ?? []);
  if (!isCimObject(value) || value.kind !== 'instance') return null;
  if (foldName(name) === '__class') return value.shape.className;
  const declared = findProperty(value.shape, name)?.name;
  return declared === undefined ? null : (value.properties[declared] ?? null);
}
