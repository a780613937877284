import type { Sid } from '@wmisec/access';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { Draft } from '../finding.ts';
import type { AuditedNamespace } from '../inventory.ts';

/** What rules know beside what they judge. */
export interface RuleContext {
  /** True for accounts that may write subscriptions. */
  isAdministrator(sid: Sid): boolean;
  /** The name of an account, null for one that is nobody, undefined where that cannot be told. */
  accountName(sid: Sid): string | null | undefined;
}

/** Judges one subscription, complete or not. */
export type SubscriptionRule = (subscription: Subscription, context: RuleContext) => readonly Draft[];

/** Judges one namespace. */
export type NamespaceRule = (namespace: AuditedNamespace, context: RuleContext) => readonly Draft[];
