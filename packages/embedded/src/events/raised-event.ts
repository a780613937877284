import type { PreparedDescriptor, Principal, SecurityDescriptor } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';

/** Who raised an event: both are asked where a filter takes events from some only. @see docs/rules.md 5.4 */
export interface Publisher {
  readonly principal: Principal;
  /** Of the sink that it came through, whose owner is the other identity; null without one. */
  readonly sink: SecurityDescriptor | null;
}

/** An event on its way, with what is found out about it once for all its subscribers. */
export interface RaisedEvent {
  readonly instance: CimInstance;
  /** All of which have to let a subscriber receive it: the sink's and its own; none for everyone. */
  readonly descriptors: readonly PreparedDescriptor[];
  readonly publisher: Publisher;
  /** In bytes, about. */
  readonly size: number;
  /** How many deliveries to permanent consumers led to it, one out of the other; 0 for one from outside. */
  readonly depth: number;
}
