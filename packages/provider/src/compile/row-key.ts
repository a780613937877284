import { type CimClass, checkValue, foldName, type PropertyBag, relativePath } from '@wmisec/wbem';

/**
 * What identifies a row within its class.
 * @throws WbemError for a key that is null or of another type.
 */
export function rowKey(cls: CimClass, row: PropertyBag): string {
  const keys = cls.properties.filter(({ isKey }) => isKey);
  const values = keys.map(({ name, type, isArray }) => ({
    name,
    value: checkValue(type, isArray, row[name] ?? null),
  }));
  return foldName(relativePath(cls.className, values));
}
