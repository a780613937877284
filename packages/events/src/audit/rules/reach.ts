import { sameName } from '@wmisec/wbem';
import { about } from '../subscription-evidence.ts';
import type { SubscriptionRule } from './rule.ts';

const USUAL = 'root\\subscription';

/** How far a subscription reaches across namespaces, and with whose rights. @see docs/rules.md 5.8, 9.15 */
export const reach: SubscriptionRule = (subscription) => {
  const { filter, consumer, binding, name } = subscription;
  const parts = [filter, consumer, binding].filter((each) => each !== null);
  const namespaces = [...new Set(parts.map(({ namespace }) => namespace.toLowerCase()))];
  const unusual = parts.find(({ namespace }) => !sameName(namespace, USUAL));
  return [
    ...(unusual === undefined
      ? []
      : [
          about(
            subscription,
            'unusual-namespace',
            `${name} has a part in ${unusual.namespace}, ${unusual.path}`,
          ),
        ]),
    ...(namespaces.length < 2
      ? []
      : [about(subscription, 'cross-namespace-binding', `${name} has parts in ${namespaces.join(' and ')}`)]),
    ...(filter === null || filter.eventNamespace === null || sameName(filter.eventNamespace, filter.namespace)
      ? []
      : [
          about(subscription, 'event-namespace', `${name} hears of ${filter.eventNamespace}`, {
            evidence: { eventNamespace: filter.eventNamespace },
          }),
        ]),
    ...(binding?.properties['MaintainSecurityContext'] === true
      ? [about(subscription, 'acts-as-publisher', `${name} acts as whoever raises its events`)]
      : []),
  ];
};
