import type { Sid } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';
import type { RaisedEvent } from './raised-event.ts';

/** Takes events as they come, in place of the queue of a temporary consumer. Neither method may throw. */
export interface EventReceiver {
  /** Whether the publisher may reach this subscriber, whatever the event says of its receivers. */
  accepts(event: RaisedEvent): boolean;
  /** @param size in bytes, about. @param depth as that of a raised event. */
  receive(event: CimInstance, size: number, depth: number): void;
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
