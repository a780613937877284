import { foldName } from '@wmisec/wbem';
import { type PartReference, partReference } from './part-reference.ts';
import type { BindingPart, ConsumerPart, FilterPart, Part, SubscriptionParts } from './subscription-parts.ts';

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
 * Puts the parts of namespaces together: one subscription for each binding, and for filters and consumers that
 * nothing binds one for each name. References reach the namespaces that are given.
 */
export function subscriptionsIn(places: readonly SubscriptionParts[]): Subscription[] {
  const filters = byId(places.flatMap((place) => place.filters));
  const consumers = byId(places.flatMap((place) => place.consumers));
  const bound = places.flatMap((place) =>
    place.bindings.map((binding) => {
      const filter = partReference(binding.filter, place.namespace);
      const consumer = partReference(binding.consumer, place.namespace);
      return subscriptionOf(place.namespace, {
        name: filter?.name ?? consumer?.name ?? binding.path,
        binding,
        filter: partAt(filter, filters),
        consumer: partAt(consumer, consumers),
      });
    }),
  );
  const used = new Set<unknown>(bound.flatMap(({ filter, consumer }) => [filter, consumer]));
  return [...bound, ...places.flatMap((place) => pairLoose(place, (part) => !used.has(part)))];
}

/** The subscription that parts make. */
export function subscriptionOf(
  namespace: string,
  found: Omit<Subscription, 'namespace' | 'missing'>,
): Subscription {
  const missing = (['filter', 'consumer', 'binding'] as const).filter((part) => found[part] === null);
  return { ...found, namespace, missing };
}

/** Those that nothing binds, by name. */
function pairLoose(
  { namespace, filters, consumers }: SubscriptionParts,
  isLoose: (part: unknown) => boolean,
): Subscription[] {
  const rest = new Set(consumers.filter(isLoose));
  const named = byName(rest);
  const pairs = filters.filter(isLoose).map((filter) => {
    const consumer = named.get(foldName(filter.name))?.shift() ?? null;
    if (consumer !== null) rest.delete(consumer);
    return subscriptionOf(namespace, { name: filter.name, filter, consumer, binding: null });
  });
  return [
    ...pairs,
    ...Array.from(rest, (consumer) =>
      subscriptionOf(namespace, { name: consumer.name, filter: null, consumer, binding: null }),
    ),
  ];
}

/** By folded name, in the order given. */
function byName(consumers: Iterable<ConsumerPart>): ReadonlyMap<string, ConsumerPart[]> {
  const named = new Map<string, ConsumerPart[]>();
  for (const consumer of consumers) {
    const namesakes = named.get(foldName(consumer.name));
    if (namesakes === undefined) named.set(foldName(consumer.name), [consumer]);
    else namesakes.push(consumer);
  }
  return named;
}

function byId<T extends Part>(parts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [partReference(part.path, part.namespace)?.id ?? '', part]));
}

function partAt<T>(reference: PartReference | null, parts: ReadonlyMap<string, T>): T | null {
  return reference === null ? null : (parts.get(reference.id) ?? null);
}
