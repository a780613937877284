import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { checkValue } from './check-value.ts';
import { CimType } from './cim-type.ts';
import { foldName, sameName } from './names.ts';
import type { CimClass, CimInstance, CimProperty, InstanceShape } from './objects.ts';
import { declaredClassOf } from './property.ts';
import { hasQualifier } from './qualifier.ts';
import type { CimValue, PropertyBag } from './values.ts';

const shapes = new WeakMap<CimClass, InstanceShape>();
const plans = new WeakMap<CimClass, Plan>();

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
  const { defaults, slots, required } = planOf(cls);
  const values: Record<string, CimValue> = { ...defaults };
  const given = new Set<Slot>();
  for (const [name, value] of Object.entries(properties)) {
    const slot = slots.get(name) ?? slots.get(foldName(name));
    if (slot === undefined)
      throw new WbemError(WbemStatus.WBEM_E_INVALID_PROPERTY, `${cls.className} has no property ${name}`);
    if (given.has(slot))
      throw new WbemError(WbemStatus.WBEM_E_INVALID_PROPERTY, `${slot.where} is given twice`);
    if (value === undefined) continue;
    given.add(slot);
    values[slot.property.name] = slotValue(slot, value);
  }
  for (const slot of required) if (!given.has(slot)) slotValue(slot, null);
  return { kind: 'instance', shape: shapeOf(cls), properties: values, path };
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

/** What a property asks of its values. */
interface Slot {
  readonly property: CimProperty;
  /** `Class.Property`, for messages. */
  readonly where: string;
  readonly notNull: boolean;
  /** The class that embedded objects must be of; null for any. */
  readonly objectClass: string | null;
}

/** What all instances of a class have in common, read from its qualifiers once. */
interface Plan {
  readonly defaults: PropertyBag;
  /** By declared and by folded name. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** Those that no default fills. */
  readonly required: readonly Slot[];
}

function planOf(cls: CimClass): Plan {
  let plan = plans.get(cls);
  if (plan === undefined) {
    const list = cls.properties.map((property) => slotOf(cls, property));
    plan = {
      defaults: Object.fromEntries(list.map((slot) => [slot.property.name, defaultOf(slot)])),
      slots: new Map(list.flatMap((slot) => namesOf(slot.property).map((name) => [name, slot]))),
      required: list.filter(({ notNull, property }) => notNull && property.value === null),
    };
    plans.set(cls, plan);
  }
  return plan;
}

function slotOf({ className }: CimClass, property: CimProperty): Slot {
  return {
    property,
    where: `${className}.${property.name}`,
    notNull: hasQualifier(property, 'Not_Null'),
    objectClass: property.type === CimType.Object ? declaredClassOf(property) : null,
  };
}

function namesOf({ name }: CimProperty): string[] {
  return [name, foldName(name)];
}

function defaultOf(slot: Slot): CimValue {
  return slot.property.value === null ? null : slotValue(slot, slot.property.value);
}

function slotValue({ property, where, notNull, objectClass }: Slot, given: unknown): CimValue {
  if (given === null && notNull)
    throw new WbemError(WbemStatus.WBEM_E_ILLEGAL_NULL, `${where} cannot be null`);
  const value = checkAt(where, property, given);
  if (objectClass !== null) checkEmbedded(where, objectClass, value);
  return value;
}

function checkAt(where: string, { type, isArray }: CimProperty, value: unknown): CimValue {
  try {
    return checkValue(type, isArray, value);
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw new WbemError(cause.hresult, `${where}: ${cause.message}`, { cause });
  }
}

function checkEmbedded(where: string, expected: string, value: CimValue): void {
  for (const object of Array.isArray(value) ? value : [value]) {
    if (object?.kind !== 'instance' || isInstanceOf(object, expected)) continue;
    throw new WbemError(
      WbemStatus.WBEM_E_TYPE_MISMATCH,
      `${where} holds objects of ${expected}, got one of ${object.shape.className}`,
    );
  }
}

function own(bag: PropertyBag, name: string): CimValue {
  return Object.hasOwn(bag, name) ? (bag[name] ?? null) : null;
}
