import {
  type CimClass,
  checkValue,
  findProperty,
  foldName,
  formatDateTime,
  formatObjectPath,
  hasQualifier,
  type InstancePath,
  isCimDateTime,
  type ObjectPath,
  type PathKeyValue,
  type PropertyBag,
  parseObjectPath,
  type SingletonPath,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';

/**
 * The path of an object, read.
 * @throws WbemError `WBEM_E_INVALID_OBJECT_PATH` for what is none, or the path of a namespace.
 */
export function objectPath(text: string): Exclude<ObjectPath, { kind: 'namespace' }> {
  const path = parseObjectPath(text);
  if (path.kind !== 'namespace') return path;
  throw invalidPath(`expected the path of an object, got that of a namespace`);
}

/**
 * The keys that a path gives to an instance of a class, in declared case and type.
 * @throws WbemError `WBEM_E_INVALID_OBJECT_PATH` when they are not the keys of the class.
 */
export function keysOfPath(cls: CimClass, path: InstancePath | SingletonPath): PropertyBag {
  const declared = cls.properties.filter(({ isKey }) => isKey);
  const given = path.kind === 'singleton' ? [] : path.keys;
  const isSingleton = path.kind === 'singleton';
  if (isSingleton !== hasQualifier(cls, 'singleton') || given.length !== declared.length)
    throw notItsKeys(cls);
  return Object.fromEntries(
    given.map(({ name, value }) => {
      const key = name === null ? declared[0] : findProperty(cls, name);
      if (key === undefined || !key.isKey) throw notItsKeys(cls);
      return [key.name, checkedKey(cls, key.type, value)];
    }),
  );
}

/** The relative path of an instance; null without a value for each of its keys. */
export function pathOfRow(cls: CimClass, row: PropertyBag): string | null {
  if (hasQualifier(cls, 'singleton')) return `${cls.className}=@`;
  const keys = cls.properties
    .filter(({ isKey }) => isKey)
    .map(({ name }) => ({ name, value: pathValue(row[name] ?? null) }));
  if (keys.length === 0 || keys.some(({ value }) => value === null)) return null;
  const complete = keys as { name: string; value: PathKeyValue }[];
  return formatObjectPath({
    kind: 'instance',
    server: null,
    namespace: null,
    className: cls.className,
    keys: complete,
  });
}

/** Whether two rows are the same instance. */
export function sameInstance(cls: CimClass, one: PropertyBag, other: PropertyBag): boolean {
  const [path, otherPath] = [pathOfRow(cls, one), pathOfRow(cls, other)];
  return path !== null && otherPath !== null && foldName(path) === foldName(otherPath);
}

function pathValue(value: PropertyBag[string]): PathKeyValue | null {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  return isCimDateTime(value) ? formatDateTime(value) : null;
}

function checkedKey(cls: CimClass, type: Parameters<typeof checkValue>[0], value: PathKeyValue) {
  try {
    return checkValue(type, false, value);
  } catch {
    throw notItsKeys(cls);
  }
}

function notItsKeys({ className }: CimClass): WbemError {
  return invalidPath(`expected the keys of ${className}, got others`);
}

function invalidPath(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT_PATH, message);
}
