import type { CimClass, CimInstance } from '@wmisec/wbem';
import type { EventQuery } from '../events/event-query.ts';

/** The part of an event query that says which events it is about. */
export type EventSelection = Pick<EventQuery, 'eventClass' | 'holds'>;

export function selects({ eventClass, holds }: EventSelection, event: CimInstance): boolean {
  const { className, derivation } = event.shape;
  if (className !== eventClass.className && !derivation.includes(eventClass.className)) return false;
  return holds === null || holds(event);
}

/** Whether some event can be of both: the class of one is, or is above, that of the other. */
export function overlap(a: EventSelection, b: EventSelection): boolean {
  return isOrDerives(a.eventClass, b.eventClass) || isOrDerives(b.eventClass, a.eventClass);
}

export function isOrDerives({ className, derivation }: CimClass, other: CimClass): boolean {
  return className === other.className || derivation.includes(other.className);
}
