import { STANDARD_CONSUMERS } from '../../subscriptions/consumer-classes.ts';
import { propertyOf } from '../../subscriptions/property-of.ts';
import { about, plainProperties } from '../subscription-evidence.ts';
import type { NamespaceRule, SubscriptionRule } from './rule.ts';

const KNOWN: ReadonlySet<string> = new Set(
  Object.values(STANDARD_CONSUMERS).map(({ className }) => className.toLowerCase()),
);

/** Consumers of classes that Windows does not bring. */
export const unknownConsumers: SubscriptionRule = (subscription) => {
  const { consumer } = subscription;
  if (consumer === null || KNOWN.has(consumer.className.toLowerCase())) return [];
  const message = `${consumer.path} is of a class that Windows does not bring`;
  return [about(subscription, 'unknown-consumer-class', message, { class: consumer.className })];
};

/** Providers that serve such classes. */
export const consumerProviders: NamespaceRule = ({ namespace, consumerProviders }) =>
  consumerProviders.flatMap(({ path, properties }) => {
    const classes = propertyOf(properties, 'ConsumerClassNames');
    const names = Array.isArray(classes) ? classes.map(String) : [];
    const unknown = names.filter((name) => !KNOWN.has(name.toLowerCase()));
    if (unknown.length === 0) return [];
    const provider = String(propertyOf(properties, 'Provider') ?? '');
    const message = `a provider serves the consumers ${unknown.join(', ')}`;
    const evidence = { provider, classes: names.join(', ') };
    const matter = plainProperties(properties);
    return [{ rule: 'consumer-provider', namespace, subject: path, message, evidence, matter }];
  });
