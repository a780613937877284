import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { checkValue } from './check-value.ts';
import { sameName } from './names.ts';
import type { CimClass, CimInstance, CimProperty, InstanceShape } from './objects.ts';
import { declaredClassOf, findProperty } from './property.ts';
import { hasQualifier } from './qualifier.ts';
import type { CimValue, PropertyBag } from './values.ts';

const shapes = new WeakMap<CimClass, InstanceShape>();

/** What the instances of a class share; one shape for one class object. */
export function shapeOf(cls: CimClass): InstanceShape {
  let shape = shapes.get(cls);
  if (shape === undefined) {
    const properties = cls.properties.map(({ name, type, isArray, isKey }) => ({
      name,
      type,
      isArray,
      isKey,
    }));
    shape = { className: cls.className, derivation: cls.derivation, properties };
    shapes.set(cls, shape);
  }
  return shape;
}

/**
 * An instance of a class: every property in its declared case and order, defaults where none is given,
 * values as `checkValue` makes them.
 * @param path relative, such as `Win32_Process.Handle="4"`. Default null.
 * @throws WbemError `WBEM_E_INVALID_PROPERTY` for a name that the class lacks, or that comes twice;
 *   `WBEM_E_ILLEGAL_NULL` for null in a `Not_Null` property; `WBEM_E_TYPE_MISMATCH` also for an embedded
 *   object of another class than declared; and what `checkValue` throws.
 */
export function instanceOf(
  cls: CimClass,
  properties: Readonly<Record<string, unknown>> = {},
  path: string | null = null,
): CimInstance {
  const given = new Map<string, unknown>();
  for (const [name, value] of Object.entries(properties)) {
    const property = findProperty(cls, name);
    if (property === undefined || given.has(property.name))
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_PROPERTY,
        property === undefined ? `${cls.className} has no property ${name}` : `${name} is given twice`,
      );
    given.set(property.name, value);
  }
  const values = cls.properties.map((p) => [p.name, propertyValue(cls, p, given.get(p.name))] as const);
  return { kind: 'instance', shape: shapeOf(cls), properties: Object.fromEntries(values), path };
}

/** The key properties of an instance and their values; empty for a singleton. */
export function instanceKeys({ shape, properties }: CimInstance): PropertyBag {
  const keys = shape.properties.filter((p) => p.isKey);
  return Object.fromEntries(keys.map(({ name }) => [name, own(properties, name)]));
}

/** True when an instance's class is the named one or derives from it. */
export function isInstanceOf({ shape }: CimInstance, className: string): boolean {
  return [shape.className, ...shape.derivation].some((name) => sameName(name, className));
}

function propertyValue(cls: CimClass, property: CimProperty, given: unknown): CimValue {
  const value = inProperty(cls, property, () =>
    checkValue(property.type, property.isArray, given === undefined ? property.value : given),
  );
  if (value === null && hasQualifier(property, 'Not_Null'))
    throw new WbemError(WbemStatus.WBEM_E_ILLEGAL_NULL, `${cls.className}.${property.name} cannot be null`);
  checkEmbedded(cls, property, value);
  return value;
}

function inProperty<T>(cls: CimClass, { name }: CimProperty, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw new WbemError(cause.hresult, `${cls.className}.${name}: ${cause.message}`, { cause });
  }
}

function checkEmbedded(cls: CimClass, property: CimProperty, value: CimValue): void {
  const expected = declaredClassOf(property);
  if (expected === null) return;
  for (const object of Array.isArray(value) ? value : [value]) {
    if (object?.kind !== 'instance' || isInstanceOf(object, expected)) continue;
    throw new WbemError(
      WbemStatus.WBEM_E_TYPE_MISMATCH,
      `${cls.className}.${property.name} holds objects of ${expected}, got one of ${object.shape.className}`,
    );
  }
}

function own(bag: PropertyBag, name: string): CimValue {
  return Object.hasOwn(bag, name) ? (bag[name] ?? null) : null;
}
