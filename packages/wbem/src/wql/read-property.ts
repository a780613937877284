import { isCimObject } from '../cim/check-value.ts';
import type { CimType } from '../cim/cim-type.ts';
import { foldName } from '../cim/names.ts';
import type { CimClass, CimInstance, CimObject, InstanceShape } from '../cim/objects.ts';
import { findProperty } from '../cim/property.ts';
import type { CimValue } from '../cim/values.ts';
import type { PropertyName } from './query.ts';

/** Where objects live, for `__SERVER`, `__NAMESPACE` and `__PATH`. */
export interface ObjectPlace {
  readonly server: string;
  /** Such as `root\cimv2`. */
  readonly namespace: string;
}

type Reader = (object: CimObject) => CimValue;

const GENUS_CLASS = 1;
const GENUS_INSTANCE = 2;

const SYSTEM_PROPERTIES: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['__this', (object) => object],
  ['__class', classNameOf],
  ['__superclass', (object) => derivationOf(object)[0] ?? null],
  ['__dynasty', (object) => derivationOf(object).at(-1) ?? classNameOf(object)],
  ['__derivation', derivationOf],
  ['__relpath', relativePathOf],
  ['__genus', (object) => (object.kind === 'class' ? GENUS_CLASS : GENUS_INSTANCE)],
  ['__property_count', (object) => membersOf(object).properties.length],
]);

type PlaceReader = (object: CimObject, place: ObjectPlace) => CimValue;

const PLACE_PROPERTIES: ReadonlyMap<string, PlaceReader> = new Map<string, PlaceReader>([
  ['__server', (_, { server }) => server],
  ['__namespace', (_, { namespace }) => namespace],
  ['__path', fullPathOf],
]);

/** True for a name that every object has, `__CLASS` or `__PATH`, in any case. */
export function isSystemProperty(name: string): boolean {
  const folded = foldName(name);
  return SYSTEM_PROPERTIES.has(folded) || PLACE_PROPERTIES.has(folded);
}

/**
 * A function that reads a property of one object after another; null for what an object does not have.
 * @param place null when it is not known: `__SERVER`, `__NAMESPACE` and `__PATH` are null then.
 */
export function compileReader(property: PropertyName, place: ObjectPlace | null): Reader {
  const [read, ...inner] = property.map((name) => compileName(name, place)) as [Reader, ...Reader[]];
  if (inner.length === 0) return read;
  return (object) => {
    let value = read(object);
    for (const next of inner) value = isCimObject(value) ? next(value) : null;
    return value;
  };
}

/** A function that tells the type that an object's class declares for a property; null when it has none. */
export function compileTypeReader(property: PropertyName): (object: CimObject) => CimType | null {
  const [last, ...outer] = [...property].reverse() as [string, ...string[]];
  const readOwner = outer.length === 0 ? null : compileReader(outer.reverse() as [string, ...string[]], null);
  return (object) => {
    const owner = readOwner === null ? object : readOwner(object);
    return isCimObject(owner) ? (findProperty(membersOf(owner), last)?.type ?? null) : null;
  };
}

export function classNameOf(object: CimObject): string {
  return membersOf(object).className;
}

export function derivationOf(object: CimObject): readonly string[] {
  return membersOf(object).derivation;
}

function compileName(name: string, place: ObjectPlace | null): Reader {
  const system = SYSTEM_PROPERTIES.get(foldName(name));
  if (system !== undefined) return system;
  const placed = PLACE_PROPERTIES.get(foldName(name));
  if (placed !== undefined) return (object) => (place === null ? null : placed(object, place));
  let shape: InstanceShape | null = null;
  let declared: string | undefined;
  return (object) => {
    if (object.kind === 'class') return findProperty(object, name)?.value ?? null;
    if (object.shape !== shape) {
      shape = object.shape;
      declared = findProperty(shape, name)?.name;
    }
    return declared === undefined ? null : ownValue(object, declared);
  };
}

function relativePathOf(object: CimObject): string | null {
  return object.kind === 'class' ? object.className : object.path;
}

function fullPathOf(object: CimObject, { server, namespace }: ObjectPlace): string | null {
  const relative = relativePathOf(object);
  return relative === null ? null : `\\\\${server}\\${namespace}:${relative}`;
}

function ownValue({ properties }: CimInstance, name: string): CimValue {
  return Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;
}

function membersOf(object: CimObject): CimClass | InstanceShape {
  return object.kind === 'class' ? object : object.shape;
}
