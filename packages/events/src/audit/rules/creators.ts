import { type Sid, sidName } from '@wmisec/access';
import { about } from '../subscription-evidence.ts';
import type { RuleContext, SubscriptionRule } from './rule.ts';

/** Who created the parts. @see docs/rules.md 5.7 */
export const creators: SubscriptionRule = (subscription, context) => {
  const parts = [subscription.filter, subscription.consumer, subscription.binding].filter(
    (each) => each !== null,
  );
  const evidence = Object.fromEntries(
    parts.map(({ path, creator }) => [`creator of ${path}`, nameOf(creator, context)]),
  );
  const distinct = [...new Set(parts.map(({ creator }) => creator))];
  const found = distinct.flatMap((creator) => {
    const rule = fault(creator, context);
    if (rule === null) return [];
    const message = `${subscription.name} was created by ${nameOf(creator, context)}`;
    return [about(subscription, rule, message, evidence)];
  });
  if (distinct.length < 2) return found;
  const names = distinct.map((creator) => nameOf(creator, context)).join(' and ');
  return [
    ...found,
    about(subscription, 'creators-differ', `${subscription.name} has parts of ${names}`, evidence),
  ];
};

function fault(creator: Sid | null, context: RuleContext) {
  if (creator === null) return 'creator-unresolvable';
  if (context.isAdministrator(creator)) return null;
  return context.accountName(creator) === null ? 'creator-unresolvable' : 'creator-not-administrator';
}

function nameOf(creator: Sid | null, context: RuleContext): string {
  if (creator === null) return 'no SID';
  const name = context.accountName(creator) ?? sidName(creator);
  return name === creator ? creator : `${name} (${creator})`;
}
