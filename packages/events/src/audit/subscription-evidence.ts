import { type CimValue, formatDateTime, isCimDateTime, isCimObject, type PropertyBag } from '@wmisec/wbem';
import { partReference } from '../subscriptions/part-reference.ts';
import { propertyOf } from '../subscriptions/property-of.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { ConsumerPart } from '../subscriptions/subscription-parts.ts';
import type { Draft, Severity } from './finding.ts';
import type { RuleId } from './rule-table.ts';

/** UTF-16 units that evidence shows of a text. */
const EXCERPT = 400;

/** A finding about a subscription, with what is known of all its parts. */
export function about(
  subscription: Subscription,
  rule: RuleId,
  message: string,
  evidence: Draft['evidence'] = {},
  severity?: Severity,
): Draft {
  const { namespace, binding, filter, consumer } = subscription;
  const part = consumer ?? filter ?? binding;
  return {
    rule,
    namespace: part?.namespace ?? namespace,
    subject: part?.path ?? null,
    message,
    ...(severity !== undefined && { severity }),
    evidence: { ...evidenceOf(subscription), ...evidence },
    matter: matterOf(subscription),
  };
}

/** A text that fits into a report. */
export function excerpt(text: string): string {
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}... (${text.length} characters)`;
}

/** A text property of a consumer; empty when it has none. */
export function textOf({ properties }: ConsumerPart, name: string): string {
  const value = propertyOf(properties, name);
  return typeof value === 'string' ? value : '';
}

/** Texts in a property of a consumer. */
export function textsOf({ properties }: ConsumerPart, name: string): string[] {
  const value = propertyOf(properties, name);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function evidenceOf({ filter, consumer, binding, missing }: Subscription): Record<string, string> {
  return {
    ...(filter !== null && { filter: filter.path, query: excerpt(filter.query) }),
    ...(consumer !== null && { consumer: consumer.path }),
    ...(binding !== null && missing.length > 0 && { binding: binding.path }),
  };
}

/** Everything that makes the subscription what it is. */
function matterOf({ filter, consumer, binding }: Subscription): unknown {
  return [
    filter && plainProperties(filter.properties),
    consumer && plainProperties(consumer.properties),
    binding && [
      plainProperties(withoutReferences(binding.properties)),
      partReference(binding.filter, binding.namespace)?.id ?? binding.filter,
      partReference(binding.consumer, binding.namespace)?.id ?? binding.consumer,
    ],
  ];
}

/** They are written with the machine's name, or without. */
function withoutReferences({ Filter, Consumer, ...own }: PropertyBag): PropertyBag {
  return own;
}

/** Properties in an order of their own, so that the order in which a service tells them does not count. */
export function plainProperties(properties: PropertyBag): unknown {
  return Object.entries(properties)
    .map(([name, value]) => [name.toLowerCase(), plain(value)] as const)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function plain(value: CimValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return `${value}`;
  if (isCimDateTime(value)) return formatDateTime(value);
  if (isCimObject(value))
    return value.kind === 'instance' ? plainProperties(value.properties) : value.className;
  return value;
}
