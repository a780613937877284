import type { InstanceShape } from '../cim/objects.ts';
import { findProperty } from '../cim/property.ts';
import type { SelectQuery } from './query.ts';
import { referencedProperties } from './referenced-properties.ts';

/**
 * The properties that a provider must fill in for a query: keys and what the query reads, in declared case;
 * null for all, as `*` asks.
 */
export function neededProperties(query: SelectQuery, shape: InstanceShape): ReadonlySet<string> | null {
  if (query.columns === null) return null;
  const needed = new Set(shape.properties.filter((p) => p.isKey).map((p) => p.name));
  for (const [first] of referencedProperties(query)) {
    const property = findProperty(shape, first);
    if (property !== undefined) needed.add(property.name);
  }
  return needed;
}
