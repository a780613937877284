import type { SecurityDescriptor } from '@wmisec/access';
import type { ConsumerSpec } from './consumer-spec.ts';

/** How events reach the consumer, `__FilterToConsumerBinding.DeliveryQoS`. @see docs/rules.md 5.9 */
export const DeliveryQoS = { Synchronous: 0, Express: 1 } as const;

export type DeliveryQoS = (typeof DeliveryQoS)[keyof typeof DeliveryQoS];

/** What is refused unless it is named. */
export const SUBSCRIPTION_RISKS = [
  /** Event data is part of the program's path. */
  'eventChoosesProgram',
  /** Event data is part of what a shell or an interpreter is given to run. */
  'eventDataInShell',
  /** Event data is part of an address that mail goes to. */
  'eventChoosesRecipient',
  /** A header field is no single line `Name: value`, or has event data in it. */
  'rawHeaderFields',
] as const;

export type SubscriptionRisk = (typeof SUBSCRIPTION_RISKS)[number];

/** A permanent subscription: filter, consumer and binding as one, under one name. */
export interface SubscriptionSpec {
  /** That of the filter and of the consumer. */
  readonly name: string;
  /** An event query in WQL. */
  readonly query: string;
  /** Where the events come from, `root\cimv2`. Default: the namespace of the connection. */
  readonly eventNamespace?: string | undefined;
  /**
   * Who may raise the events: a descriptor, also as SDDL, that grants `WBEM_RIGHT_PUBLISH` (`LO` in SDDL);
   * `everyone` only by this name.
   * @see docs/rules.md 5.7
   */
  readonly eventAccess: 'everyone' | SecurityDescriptor | (string & {});
  readonly consumer: ConsumerSpec;
  /** Default: the service's own. */
  readonly deliveryQoS?: DeliveryQoS | undefined;
  /** Whether the consumer acts as whoever raised the event. Default false. @see docs/rules.md 5.8 */
  readonly maintainSecurityContext?: boolean | undefined;
  /** Default false. */
  readonly slowDownProviders?: boolean | undefined;
  /** What would be refused otherwise. */
  readonly allow?: readonly SubscriptionRisk[] | undefined;
}
