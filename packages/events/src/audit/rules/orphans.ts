import type { Draft } from '../finding.ts';
import { about } from '../subscription-evidence.ts';
import type { SubscriptionRule } from './rule.ts';
import { whatRuns } from './what-runs.ts';

/** Parts that are alone: left over, or waiting. */
export const orphans: SubscriptionRule = (subscription) => {
  const { filter, consumer, binding, missing } = subscription;
  if (missing.length === 0) return [];
  if (binding !== null) {
    const lost = missing.map((part) => `${part} ${binding[part as 'filter' | 'consumer']}`).join(' and the ');
    return [about(subscription, 'broken-binding', `a binding leads to the ${lost}, which is not there`)];
  }
  const found: Draft[] = [];
  if (filter !== null) {
    const draft = about(subscription, 'orphaned-filter', `${filter.path} is bound to nothing`);
    found.push({ ...draft, subject: filter.path });
  }
  if (consumer !== null) {
    const severity = whatRuns(consumer) === null ? 'low' : 'medium';
    const message = `${consumer.path} is bound to nothing`;
    found.push(about(subscription, 'orphaned-consumer', message, {}, severity));
  }
  return found;
};
