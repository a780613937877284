import { type CallOptions, sameName, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import { listSubscriptions } from './list-subscriptions.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionConnection } from './subscription-connection.ts';

/**
 * The subscription of a name, in any case.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_ACCESS_DENIED`.
 * @throws WmisecError `SUBSCRIPTION_SHARED` when the name's filter feeds several consumers.
 */
export async function getSubscription(
  connection: SubscriptionConnection,
  name: string,
  options?: CallOptions,
): Promise<Subscription> {
  const found = (await listSubscriptions(connection, options)).filter((each) => sameName(each.name, name));
  const bound = found.filter(({ binding }) => binding !== null);
  const [only] = bound.length > 0 ? bound : found;
  if (only === undefined) throw notFound(name);
  if (bound.length < 2) return only;
  const consumers = bound.map(({ consumer }) => consumer?.path ?? 'a missing one').join(', ');
  throw new WmisecError(
    'SUBSCRIPTION_SHARED',
    `expected one subscription named ${JSON.stringify(name)}, got ${bound.length}, with the consumers ${consumers}`,
  );
}

export function notFound(name: string): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_NOT_FOUND,
    `expected a subscription, got none named ${JSON.stringify(name)}`,
  );
}
