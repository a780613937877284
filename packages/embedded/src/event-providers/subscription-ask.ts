import type { EventQuery } from '../events/event-query.ts';
import type { Subscriber } from '../events/subscriber.ts';
import type { ServerCall } from '../server/server-call.ts';

/** Somebody who wants to subscribe, as event providers are asked about it. */
export interface SubscriptionAsk {
  readonly text: string;
  readonly query: EventQuery;
  readonly subscriber: Subscriber;
  /** Of the temporary consumer; of a permanent one, as its creator. */
  readonly call: ServerCall;
}
