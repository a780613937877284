import type { Draft } from './finding.ts';
import type { Inventory } from './inventory.ts';
import { runsCode, runsEventData, runsSuspiciousCode } from './rules/code.ts';
import { consumerProviders, unknownConsumers } from './rules/consumer-classes.ts';
import { creators } from './rules/creators.ts';
import { eventAccess } from './rules/event-access.ts';
import { isKnown } from './rules/known-subscriptions.ts';
import { lookAlikes } from './rules/look-alikes.ts';
import { orphans } from './rules/orphans.ts';
import { addsHeaders, mailsWhereEventsSay, sendsMail, writesWhereFilesRun } from './rules/output.ts';
import { actsAsPublisher, crossNamespaceBinding, eventNamespace, unusualNamespace } from './rules/reach.ts';
import type { NamespaceRule, RuleContext, SubscriptionRule } from './rules/rule.ts';
import { persistenceTriggers, timers, unreadableQueries } from './rules/triggers.ts';
import { unread } from './rules/unread.ts';
import { writers } from './rules/writers.ts';

const SUBSCRIPTION_RULES: readonly SubscriptionRule[] = [
  ...[runsSuspiciousCode, runsEventData, runsCode, writesWhereFilesRun],
  ...[sendsMail, mailsWhereEventsSay, addsHeaders],
  ...[lookAlikes, creators, eventAccess, orphans, unknownConsumers],
  ...[unusualNamespace, crossNamespaceBinding, eventNamespace, actsAsPublisher],
  ...[persistenceTriggers, unreadableQueries],
];

const NAMESPACE_RULES: readonly NamespaceRule[] = [writers, consumerProviders, timers, unread];

/** A draft, and whether it is about what Windows brings. */
export interface Judgement {
  readonly draft: Draft;
  readonly known: boolean;
}

/** Asks every rule about every subscription and namespace. */
export function judge({ namespaces, subscriptions }: Inventory, context: RuleContext): Judgement[] {
  const ofSubscriptions = subscriptions.flatMap((subscription) => {
    const known = isKnown(subscription);
    const drafts = SUBSCRIPTION_RULES.flatMap((rule) => rule(subscription, context));
    return drafts.map((draft) => ({ draft, known }));
  });
  const ofNamespaces = namespaces.flatMap((namespace) =>
    NAMESPACE_RULES.flatMap((rule) => rule(namespace, context)).map((draft) => ({ draft, known: false })),
  );
  return [...ofSubscriptions, ...ofNamespaces];
}
