import type { CallOptions } from '@wmisec/wbem';
import { readParts } from './read-parts.ts';
import { type Subscription, subscriptionsIn } from './subscription.ts';
import type { SubscriptionConnection } from './subscription-connection.ts';

/**
 * The permanent subscriptions of the namespace, those of others and incomplete ones too, by name.
 * @throws WbemError `WBEM_E_ACCESS_DENIED` and the like.
 */
export async function listSubscriptions(
  { services }: SubscriptionConnection,
  options?: CallOptions,
): Promise<Subscription[]> {
  const found = subscriptionsIn([await readParts(services, options)]);
  return found.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
