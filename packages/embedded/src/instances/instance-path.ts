import {
  type CimClass,
  CimType,
  checkValue,
  findProperty,
  foldName,
  formatDateTime,
  formatObjectPath,
  hasQualifier,
  type InstancePath,
  isCimDateTime,
  type PathKeyValue,
  type PropertyBag,
  type PropertyShape,
  type SingletonPath,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';

/**
 * The keys that a path gives to an instance of a class, in declared case and type.
 * @throws WbemError `WBEM_E_INVALID_OBJECT_PATH` when they are not the keys of the class.
 */
export function keysOfPath(cls: CimClass, path: InstancePath | SingletonPath): PropertyBag {
  const keys = keyProperties(cls);
  const given = path.kind === 'singleton' ? [] : path.keys;
  const isSingleton = hasQualifier(cls, 'singleton');
  if (isSingleton !== (path.kind === 'singleton') || given.length !== keys.length)
    throw notItsKeys(cls, keys);
  return Object.fromEntries(
    given.map(({ name, value }) => {
      const key = name === null ? keys[0] : findProperty(cls, name);
      if (key === undefined || !key.isKey) throw notItsKeys(cls, keys);
      return [key.name, keyValue(cls, key, value)];
    }),
  );
}

/**
 * Makes the relative path of rows of a class, `Win32_Process.Handle="4"`; null for a class without keys and for
 * a row that lacks one.
 */
export function pathFormatter(cls: CimClass): (row: PropertyBag) => string | null {
  const { className } = cls;
  if (hasQualifier(cls, 'singleton')) return () => `${className}=@`;
  const keys = keyProperties(cls);
  const [only] = keys;
  if (only === undefined) return () => null;
  if (keys.length === 1 && only.type === CimType.String)
    return (row) => stringKeyPath(className, only.name, row);
  return (row) => {
    const values = keys.map(({ name }) => ({ name, value: pathValue(row, name) }));
    if (values.some(({ value }) => value === null)) return null;
    const complete = values as { name: string; value: PathKeyValue }[];
    return formatObjectPath({ kind: 'instance', server: null, namespace: null, className, keys: complete });
  };
}

/**
 * What identifies an instance within its class: its path, folded.
 * @throws WbemError `WBEM_E_INVALID_OBJECT` when a key is null or the class has none.
 */
export function instanceKey(cls: CimClass, row: PropertyBag): string {
  const path = pathFormatter(cls)(row);
  if (path !== null) return foldName(path);
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OBJECT,
    `an instance of ${cls.className} needs a value for each of its keys (${keyNames(keyProperties(cls))})`,
  );
}

export function keyProperties(cls: CimClass): PropertyShape[] {
  return cls.properties.filter((p) => p.isKey);
}

function stringKeyPath(className: string, key: string, row: PropertyBag): string | null {
  const value = row[key];
  if (typeof value !== 'string') return null;
  return `${className}.${key}="${/[\\"]/.test(value) ? value.replace(/[\\"]/g, '\\$&') : value}"`;
}

function pathValue(row: PropertyBag, name: string): PathKeyValue | null {
  const value = row[name] ?? null;
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  return isCimDateTime(value) ? formatDateTime(value) : null;
}

function keyValue(cls: CimClass, key: PropertyShape, value: PathKeyValue) {
  try {
    return checkValue(key.type, false, value);
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
      `the path of an instance of ${cls.className}: ${key.name}: ${cause.message}`,
      { cause },
    );
  }
}

function notItsKeys({ className }: CimClass, keys: readonly PropertyShape[]): WbemError {
  const expected = keys.length === 0 ? `${className}=@ or no instance` : `the keys ${keyNames(keys)}`;
  return new WbemError(
    WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
    `the path of an instance of ${className}: expected ${expected}, got others`,
  );
}

function keyNames(keys: readonly PropertyShape[]): string {
  return keys.map(({ name }) => name).join(', ') || 'none';
}
