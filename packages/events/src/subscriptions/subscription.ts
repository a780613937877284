import { foldName, sameName } from '@wmisec/wbem';
import { type PartReference, partId, partReference } from './part-reference.ts';
import type { BindingPart, ConsumerPart, FilterPart, SubscriptionParts } from './subscription-parts.ts';

export type MissingPart = 'filter' | 'consumer' | 'binding';

/** A permanent subscription as a namespace has it, or what is there of one. */
export interface Subscription {
  /** The filter's name; the consumer's where there is no filter. */
  readonly name: string;
  /** Such as `root\subscription`. */
  readonly namespace: string;
  readonly filter: FilterPart | null;
  readonly consumer: ConsumerPart | null;
  readonly binding: BindingPart | null;
  /**
   * Empty when all three are here. Otherwise an install or a removal has not come to its end, or the parts are
   * orphans: nothing is delivered.
   */
  readonly missing: readonly MissingPart[];
}

/**
 * Puts the parts of a namespace together: one subscription for each binding, and for filters and consumers that
 * nothing binds one for each name.
 */
export function subscriptionsIn(namespace: string, parts: SubscriptionParts): Subscription[] {
  const filters = byId(parts.filters, () => '__EventFilter');
  const consumers = byId(parts.consumers, ({ className }) => className);
  const bound = parts.bindings.map((binding) => {
    const filter = partReference(binding.filter);
    const consumer = partReference(binding.consumer);
    return {
      name: filter?.name ?? consumer?.name ?? binding.path,
      binding,
      filter: partAt(namespace, filter, filters),
      consumer: partAt(namespace, consumer, consumers),
    };
  });
  const used = new Set<unknown>(bound.flatMap(({ filter, consumer }) => [filter, consumer]));
  const loose = pairLoose(
    parts.filters.filter((filter) => !used.has(filter)),
    parts.consumers.filter((consumer) => !used.has(consumer)),
  );
  return [...bound, ...loose].map((found) => subscriptionOf(namespace, found));
}

/** True when a reference leads to another namespace than the one it stands in. */
function isElsewhere(namespace: string, reference: PartReference): boolean {
  return reference.namespace !== null && !sameName(reference.namespace, namespace);
}

export type FoundParts = Omit<Subscription, 'namespace' | 'missing'>;

/** The subscription that parts make. */
export function subscriptionOf(namespace: string, found: FoundParts): Subscription {
  const missing = (['filter', 'consumer', 'binding'] as const).filter((part) => found[part] === null);
  return { ...found, namespace, missing };
}

function pairLoose(filters: readonly FilterPart[], consumers: readonly ConsumerPart[]): FoundParts[] {
  const rest = [...consumers];
  const pairs = filters.map((filter): FoundParts => {
    const at = rest.findIndex(({ name }) => sameName(name, filter.name));
    const [consumer = null] = at < 0 ? [] : rest.splice(at, 1);
    return { name: filter.name, filter, consumer, binding: null };
  });
  return [
    ...pairs,
    ...rest.map((consumer) => ({ name: consumer.name, filter: null, consumer, binding: null })),
  ];
}

function byId<T extends { readonly name: string }>(
  parts: readonly T[],
  classOf: (part: T) => string,
): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [partId(classOf(part), part.name), part]));
}

function partAt<T>(
  namespace: string,
  reference: PartReference | null,
  parts: ReadonlyMap<string, T>,
): T | null {
  if (reference === null || isElsewhere(namespace, reference)) return null;
  return parts.get(foldName(reference.id)) ?? null;
}
