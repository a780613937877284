import type { Sid } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';
import type { Publisher, RaisedEvent } from './raised-event.ts';

/** An event as a query gives it to its subscriber. */
export interface ReceivedEvent {
  readonly instance: CimInstance;
  /** In bytes, about. */
  readonly size: number;
  /** As that of a raised event. */
  readonly depth: number;
  /** null for an aggregate, whose events may come from many. */
  readonly publisher: Publisher | null;
}

/** Takes events as they come, in place of the queue of a temporary consumer. Neither method may throw. */
export interface EventReceiver {
  /** Whether the publisher may reach this subscriber, whatever the event says of its receivers. */
  accepts(event: RaisedEvent): boolean;
  receive(event: ReceivedEvent): void;
  /** The subscription collects no more. */
  fail(error: unknown): void;
}

/** What kind of consumer subscribes: one that lasts as long as its connection, or one that is stored. */
export type Subscriber =
  | { readonly kind: 'temporary' }
  | {
      readonly kind: 'permanent';
      /** Who created the subscription, as it is stored. @see docs/rules.md 5.3, 5.7 */
      readonly creator: Sid;
      readonly receiver: EventReceiver;
    };
