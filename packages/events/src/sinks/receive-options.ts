import type { PropertyBag } from '@wmisec/wbem';
import type { WatchItem } from '../watch-item.ts';
import type { BufferOptions } from '../watch-options.ts';

/**
 * Gets what arrives, one item after the other: while it handles one, the next waits. It may take its time, call WMI and
 * end the receiver. What it throws ends the receiver.
 */
export type EventHandler<
  Event extends PropertyBag = PropertyBag,
  Target extends PropertyBag = PropertyBag,
> = (item: WatchItem<Event, Target>) => void | Promise<void>;

export interface ReceiveOptions {
  readonly buffer?: BufferOptions | undefined;
  /** Ends the receiver, as its disposal does. */
  readonly signal?: AbortSignal | undefined;
}
