import { foldName } from '../cim/names.ts';
import { formatObjectPath } from './format-object-path.ts';
import type { ObjectPath } from './object-path.ts';

/**
 * True when two paths name the same object: letters count in any case, keys in any order. A key without a
 * name differs from the same key with one, since only its class knows the name.
 * @see Microsoft, "WMI Object Path Requirements"
 */
export function sameObjectPath(a: ObjectPath, b: ObjectPath): boolean {
  return objectPathId(a) === objectPathId(b);
}

/** A text that is equal for paths that name the same object: the key of a map of objects. */
export function objectPathId(path: ObjectPath): string {
  if (path.kind !== 'instance') return foldName(formatObjectPath(path));
  const keys = [...path.keys].sort((a, b) => (foldName(a.name ?? '') < foldName(b.name ?? '') ? -1 : 1));
  return foldName(formatObjectPath({ ...path, keys }));
}
