import { sameName } from '@wmisec/wbem';
import { propertyOf } from '../../subscriptions/property-of.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import { about } from '../subscription-evidence.ts';
import type { SubscriptionRule } from './rule.ts';

const USUAL = 'root\\subscription';

/** Where tools do not look. @see docs/rules.md 9.15 */
export const unusualNamespace: SubscriptionRule = (subscription) => {
  const part = partsOf(subscription).find(({ namespace }) => !sameName(namespace, USUAL));
  if (part === undefined) return [];
  const message = `${subscription.name} has a part in ${part.namespace}, ${part.path}`;
  return [about(subscription, 'unusual-namespace', message)];
};

/** Parts that are not together. */
export const crossNamespaceBinding: SubscriptionRule = (subscription) => {
  const namespaces = new Set(partsOf(subscription).map(({ namespace }) => namespace.toLowerCase()));
  if (namespaces.size < 2) return [];
  const message = `${subscription.name} has parts in ${[...namespaces].join(' and ')}`;
  return [about(subscription, 'cross-namespace-binding', message)];
};

/** Events that come from elsewhere. @see docs/rules.md 9.9 */
export const eventNamespace: SubscriptionRule = (subscription) => {
  const { filter, name } = subscription;
  if (filter === null || filter.eventNamespace === null) return [];
  if (sameName(filter.eventNamespace, filter.namespace)) return [];
  const evidence = { eventNamespace: filter.eventNamespace };
  return [about(subscription, 'event-namespace', `${name} hears of ${filter.eventNamespace}`, evidence)];
};

/** Whose rights the consumer has. @see docs/rules.md 5.8 */
export const actsAsPublisher: SubscriptionRule = (subscription) => {
  const { binding, name } = subscription;
  if (binding === null || propertyOf(binding.properties, 'MaintainSecurityContext') !== true) return [];
  return [about(subscription, 'acts-as-publisher', `${name} acts as whoever raises its events`)];
};

function partsOf({ filter, consumer, binding }: Subscription) {
  return [filter, consumer, binding].filter((part) => part !== null);
}
