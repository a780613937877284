import { CimType } from './cim-type.ts';
import { foldName } from './names.ts';
import type { CimClass, CimQualifier, InstanceShape, PropertyShape } from './objects.ts';
import { getQualifier } from './qualifier.ts';

type Member<T> = T extends { readonly properties: readonly (infer P)[] } ? P : never;

const indexes = new WeakMap<readonly PropertyShape[], ReadonlyMap<string, PropertyShape>>();

/** The property of that name, in any case; `undefined` when the class has none. */
export function findProperty<T extends CimClass | InstanceShape>(
  owner: T,
  name: string,
): Member<T> | undefined {
  return indexOf(owner.properties).get(foldName(name)) as Member<T> | undefined;
}

/**
 * The class that a reference or embedded object is declared to be of, as its `CIMTYPE` qualifier says
 * (`ref:Win32_Service`); null for any class.
 * @see [MS-WMI] 2.2.32
 */
export function declaredClassOf(typed: {
  readonly type: CimType;
  readonly qualifiers: readonly CimQualifier[];
}): string | null {
  if (typed.type !== CimType.Reference && typed.type !== CimType.Object) return null;
  const value = getQualifier(typed, 'CIMTYPE')?.value;
  if (typeof value !== 'string') return null;
  const colon = value.indexOf(':');
  return colon < 0 ? null : value.slice(colon + 1);
}

function indexOf(properties: readonly PropertyShape[]): ReadonlyMap<string, PropertyShape> {
  let index = indexes.get(properties);
  if (index === undefined) {
    index = new Map(properties.map((p) => [foldName(p.name), p]));
    indexes.set(properties, index);
  }
  return index;
}
