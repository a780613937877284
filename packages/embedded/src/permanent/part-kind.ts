import { type CimClass, foldName } from '@wmisec/wbem';

/** What the instances of a class are to permanent subscriptions. */
export type PartKind = 'filter' | 'consumer' | 'binding';

const KINDS: ReadonlyMap<string, PartKind> = new Map([
  ['__eventfilter', 'filter'],
  ['__eventconsumer', 'consumer'],
  ['__filtertoconsumerbinding', 'binding'],
]);

/** The classes at the top of the three. */
export const PART_CLASSES = { filter: '__EventFilter', binding: '__FilterToConsumerBinding' } as const;

/** @returns null for a class that has nothing to do with them. */
export function partKind({
  className,
  derivation,
}: Pick<CimClass, 'className' | 'derivation'>): PartKind | null {
  for (const name of [className, ...derivation]) {
    const kind = KINDS.get(foldName(name));
    if (kind !== undefined) return kind;
  }
  return null;
}
