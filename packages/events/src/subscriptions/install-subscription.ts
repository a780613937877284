import type { CallOptions } from '@wmisec/wbem';
import { checkSubscription } from './check-subscription.ts';
import { placeSubscription } from './place-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionConnection } from './subscription-connection.ts';
import { subscriptionObjects } from './subscription-objects.ts';
import type { SubscriptionSpec } from './subscription-spec.ts';

/**
 * Installs a permanent subscription: filter, consumer and binding, all of them or none.
 *
 *     await installSubscription(connection, {
 *       name: 'Acme doors',
 *       query: 'SELECT * FROM Acme_Alarm',
 *       eventNamespace: 'root\\acme',
 *       eventAccess: 'O:BAG:BAD:(A;;LO;;;BA)',
 *       consumer: { kind: 'logFile', filename: 'C:\\Logs\\doors.log', text: 'door %Door%' },
 *     });
 *
 * Where the transport cannot write them together, the binding, without which nothing is delivered, comes last, and a
 * failure takes back what was written. After a crash in between, `getSubscription` says what is missing; installing
 * once more completes it, and `removeSubscription` removes it. One that is installed already as it is wanted stays.
 * @returns what was read back, with the creator that the service set, the same for all three parts.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a broken rule, before anything is written; `WBEM_E_NOT_FOUND` where
 *   the namespace lacks the consumer's class; `WBEM_E_ACCESS_DENIED` without WBEM_FULL_WRITE_REP.
 * @throws WmisecError
 *   `UNSAFE_SUBSCRIPTION` for what only a name in `allow`, or `everyone`, permits;
 *   `SUBSCRIPTION_EXISTS` for another one of that name;
 *   `SUBSCRIPTION_NOT_IN_FORCE` when another one was read back, or creators that differ;
 *   `SUBSCRIPTION_INCOMPLETE` when it failed and could not be taken back.
 * @throws ParseError `WBEM_E_INVALID_QUERY`, `INVALID_SDDL`.
 * @see docs/rules.md 5.7, 5.9, 9.15
 */
export async function installSubscription(
  { services }: SubscriptionConnection,
  spec: SubscriptionSpec,
  options?: CallOptions,
): Promise<Subscription> {
  checkSubscription(spec);
  const objects = await subscriptionObjects(services, spec, options);
  return placeSubscription(services, spec.name, objects, options);
}
