import { type CimClass, type Condition, foldName, WbemStatus } from '@wmisec/wbem';
import type { NamespaceSchema } from '../schema/namespace-schema.ts';

/**
 * The classes that the instance of an intrinsic event can be of, descendants included, as far as `ISA` tells.
 * @returns null when any class is possible.
 * @throws WbemError `WBEM_E_INVALID_CLASS` for a class that there is not.
 */
export function targetClasses(schema: NamespaceSchema, where: Condition | null): readonly CimClass[] | null {
  if (where === null) return null;
  switch (where.kind) {
    case 'isa':
      return isTarget(where.property) ? withDescendants(schema, where.className) : null;
    case 'and':
      return fewest(where.terms.map((term) => targetClasses(schema, term)));
    case 'or':
      return union(where.terms.map((term) => targetClasses(schema, term)));
    default:
      return null;
  }
}

function isTarget([first, ...rest]: readonly string[]): boolean {
  return (
    rest.length === 0 && (foldName(first!) === 'targetinstance' || foldName(first!) === 'previousinstance')
  );
}

function withDescendants(schema: NamespaceSchema, className: string): CimClass[] {
  const cls = schema.get(className, WbemStatus.WBEM_E_INVALID_CLASS);
  return [cls, ...schema.descendants(cls.className)];
}

/** All terms hold at once, so that any of them bounds the whole: the one that bounds it best. */
function fewest(bounds: readonly (readonly CimClass[] | null)[]): readonly CimClass[] | null {
  return bounds.reduce((best, each) => {
    if (best === null || each === null) return best ?? each;
    return each.length < best.length ? each : best;
  }, null);
}

function union(bounds: readonly (readonly CimClass[] | null)[]): readonly CimClass[] | null {
  const classes = new Set<CimClass>();
  for (const each of bounds) {
    if (each === null) return null;
    for (const cls of each) classes.add(cls);
  }
  return [...classes];
}
