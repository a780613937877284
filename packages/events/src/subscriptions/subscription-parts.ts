import type { Sid } from '@wmisec/access';
import type { PropertyBag } from '@wmisec/wbem';
import type { ConsumerKind } from './consumer-spec.ts';

/** What all parts have. */
export interface Part {
  /** Such as `root\subscription`. */
  readonly namespace: string;
  /** Relative to its namespace. */
  readonly path: string;
  /** Whose rights it has, `CreatorSID` as the service set it; null for bytes that are no SID. */
  readonly creator: Sid | null;
  /** All of them, by the names of its class. */
  readonly properties: PropertyBag;
}

/** A `__EventFilter`. @see docs/rules.md 9.9 */
export interface FilterPart extends Part {
  readonly name: string;
  readonly query: string;
  /** Null for that of the filter itself. */
  readonly eventNamespace: string | null;
  /** SDDL; null lets everybody raise the events. */
  readonly eventAccess: string | null;
}

/** An instance of a class below `__EventConsumer`. */
export interface ConsumerPart extends Part {
  readonly name: string;
  readonly className: string;
  readonly kind: ConsumerKind;
}

/** A `__FilterToConsumerBinding`. @see docs/rules.md 5.9 */
export interface BindingPart extends Part {
  /** Paths as they are written, also to other namespaces. */
  readonly filter: string;
  readonly consumer: string;
}

/** The parts of the permanent subscriptions of one namespace. */
export interface SubscriptionParts {
  readonly namespace: string;
  readonly filters: readonly FilterPart[];
  readonly consumers: readonly ConsumerPart[];
  readonly bindings: readonly BindingPart[];
}
