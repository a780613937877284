import { parseWql } from '@wmisec/wbem';
import { checkConsumer } from './check-consumer.ts';
import { eventAccessText } from './event-access-text.ts';
import { brokenRule, requireText } from './refuse.ts';
import { DeliveryQoS, SUBSCRIPTION_RISKS, type SubscriptionSpec } from './subscription-spec.ts';

/**
 * The rules that a subscription keeps before anything is written.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a broken rule of WMI.
 * @throws WmisecError `UNSAFE_SUBSCRIPTION` for a risk that is not named.
 * @throws ParseError `WBEM_E_INVALID_QUERY`, `INVALID_SDDL`.
 * @see docs/rules.md 5.7, 9.15
 */
export function checkSubscription(spec: SubscriptionSpec): void {
  const { name, query, eventAccess, eventNamespace, consumer, deliveryQoS, allow = [] } = spec;
  requireText(name, 'a name');
  requireText(query, 'an event query');
  const unknown = allow.find((risk) => !SUBSCRIPTION_RISKS.includes(risk));
  if (unknown !== undefined)
    throw brokenRule(`expected ${SUBSCRIPTION_RISKS.join(', ')} to be allowed, got ${unknown}`);
  if (deliveryQoS !== undefined && !Object.values(DeliveryQoS).includes(deliveryQoS))
    throw brokenRule(`expected 0 for synchronous or 1 for express as deliveryQoS, got ${deliveryQoS}`);
  if (eventNamespace !== undefined) requireText(eventNamespace, 'a namespace as eventNamespace');
  const parsed = parseWql(query);
  if (parsed.kind !== 'select') throw brokenRule('expected a SELECT for events, got another query');
  eventAccessText(eventAccess);
  if (typeof consumer !== 'object' || consumer === null) throw brokenRule('expected a consumer, got none');
  checkConsumer(consumer, allow);
}
