import { type CallOptions, sameName } from '@wmisec/wbem';
import { notFound } from './get-subscription.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionConnection } from './subscription-connection.ts';
import { deleteTogether } from './write-together.ts';

/**
 * Removes the subscription of a name: the filter with all its bindings, and the consumers that nothing else is bound
 * to; of an incomplete one what there is. The bindings go first, which ends delivery, where they cannot go together.
 * @returns the paths of what was removed.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_ACCESS_DENIED` without WBEM_FULL_WRITE_REP.
 */
export async function removeSubscription(
  connection: SubscriptionConnection,
  name: string,
  options?: CallOptions,
): Promise<string[]> {
  const all = await listSubscriptions(connection, options);
  const paths = pathsOf(all, name);
  if (paths.length === 0) throw notFound(name);
  await deleteTogether(connection.services, paths, options);
  return paths;
}

function pathsOf(all: readonly Subscription[], name: string): string[] {
  const named = all.filter((each) => sameName(each.name, name));
  const others = all.filter((each) => !named.includes(each) && each.binding !== null);
  const inUse = new Set(others.flatMap(({ filter, consumer }) => [filter?.path, consumer?.path]));
  const ordered = [
    ...named.map(({ binding }) => binding?.path),
    ...named.map(({ filter }) => filter?.path),
    ...named.map(({ consumer }) => consumer?.path),
  ];
  return [...new Set(ordered)].filter((path) => path !== undefined && !inUse.has(path)) as string[];
}
