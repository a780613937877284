import { formatDateTime, isCimDateTime } from '../cim/datetime.ts';
import type { CimValue } from '../cim/values.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { formatObjectPath } from './format-object-path.ts';
import type { PathKeyValue } from './object-path.ts';

/**
 * The relative path of an instance as its `__RELPATH` shows it: `Class.Key="x",Other=5`, keys in the order
 * given, `Class=@` without keys.
 * @throws WbemError
 *   `WBEM_E_ILLEGAL_NULL` for a key that is null,
 *   `WBEM_E_CANNOT_BE_KEY` for an array, a real or an object.
 * @throws ParseError
 *   `WBEM_E_INVALID_OBJECT_PATH` for a name that is no identifier,
 *   `WBEM_E_QUOTA_VIOLATION` past `WbemLimits.MaxPath`.
 */
export function relativePath(
  className: string,
  keys: Iterable<{ readonly name: string; readonly value: CimValue }>,
): string {
  const location = { server: null, namespace: null };
  const values = Array.from(keys, ({ name, value }) => ({ name, value: keyValue(name, value) }));
  if (values.length === 0) return formatObjectPath({ kind: 'singleton', ...location, className });
  return formatObjectPath({ kind: 'instance', ...location, className, keys: values });
}

function keyValue(name: string, value: CimValue): PathKeyValue {
  if (value === null)
    throw new WbemError(WbemStatus.WBEM_E_ILLEGAL_NULL, `the key ${name} needs a value, got null`);
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  if (isCimDateTime(value)) return formatDateTime(value);
  throw new WbemError(
    WbemStatus.WBEM_E_CANNOT_BE_KEY,
    `an array, a real or an object cannot be a key, got one as ${name}`,
  );
}
