import type { PropertyBag, WmisecError } from '@wmisec/wbem';

/** An event, as plain objects. */
export interface WatchedEvent<
  Event extends PropertyBag = PropertyBag,
  Target extends PropertyBag = PropertyBag,
> {
  readonly kind: 'event';
  /** Such as `__InstanceCreationEvent`. */
  readonly className: string;
  /** All properties; embedded objects as they came. */
  readonly event: Event;
  /** The properties of `TargetInstance`; null when the event has none. */
  readonly target: Target | null;
  /** The properties of `PreviousInstance`; null when the event has none. */
  readonly previous: Target | null;
}

/**
 * Events that did not arrive, at the place where they are missing: dropped from a full buffer, or lost by the
 * server for a reader that was too slow, or raised while the connection was lost.
 */
export interface MissedEvents {
  readonly kind: 'missed';
  readonly reason: 'buffer' | 'server' | 'disconnected';
  /** How many; null when nobody can tell, and it may be none. */
  readonly count: number | null;
  /** When it began and ended; null unless the connection was lost. */
  readonly between: readonly [Date, Date] | null;
  /** What the connection was lost with; null otherwise. */
  readonly error: WmisecError | null;
}

/** What a watch gives: an event, or word of some that are missing. */
export type WatchItem<Event extends PropertyBag = PropertyBag, Target extends PropertyBag = PropertyBag> =
  | WatchedEvent<Event, Target>
  | MissedEvents;
