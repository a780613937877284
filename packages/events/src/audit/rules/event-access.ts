import { sidName } from '@wmisec/access';
import { isEverybody, parseEventAccess, publishersOf } from '../../subscriptions/event-access.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { Draft, Severity } from '../finding.ts';
import { about } from '../subscription-evidence.ts';
import type { SubscriptionRule } from './rule.ts';
import { whatRuns } from './what-runs.ts';

/** Who may raise the events. Where something runs, it weighs more. @see docs/rules.md 5.7 */
export const eventAccess: SubscriptionRule = (subscription) => {
  const { filter } = subscription;
  if (filter === null) return [];
  const severity = whatRuns(subscription.consumer) === null ? 'low' : 'medium';
  const text = filter.eventAccess;
  if (text !== null && text !== '') return judged(subscription, text, severity);
  const message = `anybody may raise the events of ${filter.path}`;
  return [about(subscription, 'event-access-missing', message, {}, severity)];
};

function judged(subscription: Subscription, text: string, severity: Severity): Draft[] {
  const { path } = subscription.filter!;
  const evidence = { eventAccess: text };
  const descriptor = parseEventAccess(text);
  if (descriptor === null)
    return [about(subscription, 'event-access-unreadable', `EventAccess of ${path} is no SDDL`, evidence)];
  const publishers = publishersOf(descriptor);
  const wide = publishers === null ? ['everybody'] : publishers.filter(isEverybody).map(sidName);
  if (wide.length === 0) return [];
  const message = `${[...new Set(wide)].join(' and ')} may raise the events of ${path}`;
  return [about(subscription, 'event-access-wide', message, evidence, severity)];
}
