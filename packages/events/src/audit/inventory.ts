import type { SecurityDescriptor } from '@wmisec/access';
import type { PropertyBag } from '@wmisec/wbem';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { SubscriptionParts } from '../subscriptions/subscription-parts.ts';

/** An object that an audit looks at beside subscriptions. */
export interface AuditedObject {
  readonly path: string;
  readonly properties: PropertyBag;
}

/** What could not be read, and why. */
export interface Unread {
  readonly what: string;
  /** The code of the error. */
  readonly code: string;
}

/** What an audit read of a namespace. */
export interface AuditedNamespace {
  readonly namespace: string;
  readonly parts: SubscriptionParts;
  readonly timers: readonly AuditedObject[];
  /** `__EventConsumerProviderRegistration`. */
  readonly consumerProviders: readonly AuditedObject[];
  /** In force; null when it could not be read. */
  readonly descriptor: SecurityDescriptor | null;
  readonly unread: readonly Unread[];
}

/** What an audit judges. */
export interface Inventory {
  readonly namespaces: readonly AuditedNamespace[];
  readonly subscriptions: readonly Subscription[];
}
