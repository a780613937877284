import { isCimDateTime, type PropertyBag, toDate } from '@wmisec/wbem';

/** When a timer fires, as an instance of one of the two classes of instructions says. */
export interface TimerInstruction {
  readonly id: string;
  /** Whether what nobody could be told of is left out. */
  readonly skipIfPassed: boolean;
  readonly when:
    | { readonly kind: 'interval'; readonly milliseconds: number }
    | { readonly kind: 'once'; readonly at: Date };
}

export const TIMER_CLASSES = ['__IntervalTimerInstruction', '__AbsoluteTimerInstruction'] as const;

/** A timer fires a hundred times a second at most. */
const SHORTEST_INTERVAL = 10;

/** @returns null for an instance that is no instruction, or one without a time. */
export function timerInstruction(className: string, row: PropertyBag): TimerInstruction | null {
  const { TimerId, SkipIfPassed, IntervalBetweenEvents, EventDateTime } = row;
  const common = { id: String(TimerId), skipIfPassed: SkipIfPassed === true };
  if (className === TIMER_CLASSES[0] && typeof IntervalBetweenEvents === 'number') {
    const milliseconds = Math.max(IntervalBetweenEvents, SHORTEST_INTERVAL);
    return { ...common, when: { kind: 'interval', milliseconds } };
  }
  if (className !== TIMER_CLASSES[1] || !isCimDateTime(EventDateTime)) return null;
  const at = EventDateTime.kind === 'datetime' ? toDate(EventDateTime) : null;
  return at === null ? null : { ...common, when: { kind: 'once', at } };
}
