import { foldName, sameName } from '../cim/names.ts';
import { formatObjectPath, formatRelative } from './format-object-path.ts';
import type { ObjectPath } from './object-path.ts';

/**
 * True when two paths name the same object: letters count in any case, keys in any order. A key without a
 * name differs from the same key with one, since only its class knows the name.
 * @see Microsoft, "WMI Object Path Requirements"
 */
export function sameObjectPath(a: ObjectPath, b: ObjectPath): boolean {
  return objectPathId(a) === objectPathId(b);
}

/**
 * As `sameObjectPath`, for the values of references: a server or namespace that one path leaves open is what
 * the other says.
 */
export function sameReference(a: ObjectPath, b: ObjectPath): boolean {
  if (a.server !== null && b.server !== null && !sameName(a.server, b.server)) return false;
  if (a.namespace !== null && b.namespace !== null && !sameName(a.namespace, b.namespace)) return false;
  return foldName(formatRelative(inKeyOrder(a))) === foldName(formatRelative(inKeyOrder(b)));
}

/** A text that is equal for paths that name the same object: the key of a map of objects. */
export function objectPathId(path: ObjectPath): string {
  return foldName(formatObjectPath(inKeyOrder(path)));
}

function inKeyOrder(path: ObjectPath): ObjectPath {
  if (path.kind !== 'instance') return path;
  const keys = [...path.keys].sort((a, b) => (foldName(a.name ?? '') < foldName(b.name ?? '') ? -1 : 1));
  return { ...path, keys };
}
