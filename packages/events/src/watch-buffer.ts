import { type PropertyBag, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import type { MissedEvents, WatchedEvent, WatchItem } from './watch-item.ts';
import type { WatchLimits } from './watch-options.ts';

type Limits = Pick<WatchLimits, 'operation' | 'max' | 'onFull' | 'timeoutMs'>;

/** Items that may wait to say that events are missing. */
const MAX_MISSED = 1_000;

/** What arrived and was not consumed yet. Word of missing events takes no room, and stays where they are missing. */
export class WatchBuffer<Event extends PropertyBag, Target extends PropertyBag> {
  readonly #limits: Limits;
  #items: WatchItem<Event, Target>[] = [];
  #events = 0;
  #dropped = 0;
  #end: { readonly error: unknown } | null = null;
  #ring: () => void = () => {};

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Events that found the buffer full, ever. */
  get dropped(): number {
    return this.#dropped;
  }

  /** False when nothing will be taken in any more. */
  get open(): boolean {
    return this.#end === null;
  }

  push(event: WatchedEvent<Event, Target>): void {
    if (!this.open) return;
    if (this.#events < this.#limits.max) this.#append(event);
    else this.#overflow(event);
    this.#ring();
  }

  /** Says that events are missing here. */
  miss(missed: MissedEvents): void {
    const last = this.#items.at(-1);
    if (missed.reason === 'server' && last?.kind === 'missed' && last.reason === 'server') return;
    if (this.#items.length - this.#events >= MAX_MISSED)
      this.end(bufferFull(MAX_MISSED, this.#limits.operation));
    else this.#items.push(missed);
    this.#ring();
  }

  /** The consumer gets what waits, and then the error. The first end counts. */
  end(error: unknown): void {
    this.#end ??= { error };
    this.#ring();
  }

  /** The consumer gets the error at once. */
  abort(error: unknown): void {
    this.#items = [];
    this.#events = 0;
    this.#end = { error };
    this.#ring();
  }

  /**
   * The next item; waits for one.
   * @throws what the buffer ended with; WbemError `WBEM_E_TIMED_OUT`.
   */
  async take(): Promise<WatchItem<Event, Target>> {
    if (this.#items.length === 0 && this.open) await this.#arrival();
    const item = this.#items.shift();
    if (item?.kind === 'event') this.#events--;
    if (item !== undefined) return item;
    throw this.#end === null ? timedOut(this.#limits.timeoutMs) : this.#end.error;
  }

  #append(event: WatchedEvent<Event, Target>): void {
    this.#items.push(event);
    this.#events++;
  }

  #overflow(event: WatchedEvent<Event, Target>): void {
    const { onFull, max, operation } = this.#limits;
    this.#dropped++;
    if (onFull === 'fail') this.end(bufferFull(max, operation));
    else if (onFull === 'dropNewest') this.#dropAt(this.#items.length);
    else this.#replaceOldest(event);
  }

  #replaceOldest(event: WatchedEvent<Event, Target>): void {
    const oldest = this.#items.findIndex(({ kind }) => kind === 'event');
    this.#items.splice(oldest, 1);
    this.#events--;
    this.#dropAt(oldest);
    this.#append(event);
  }

  /** Counts one more event that is missing before the item at this place. */
  #dropAt(place: number): void {
    const before = this.#items[place - 1];
    const known = before?.kind === 'missed' && before.reason === 'buffer' ? before : null;
    const missed: MissedEvents = {
      kind: 'missed',
      reason: 'buffer',
      count: (known?.count ?? 0) + 1,
      between: null,
      error: null,
    };
    if (known === null) this.#items.splice(place, 0, missed);
    else this.#items[place - 1] = missed;
  }

  async #arrival(): Promise<void> {
    const { timeoutMs } = this.#limits;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#ring = resolve;
      if (timeoutMs !== null) timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
    this.#ring = () => {};
  }
}

function timedOut(timeoutMs: number | null): WbemError {
  const message = `watch: no event came within ${timeoutMs} milliseconds`;
  return new WbemError(WbemStatus.WBEM_E_TIMED_OUT, message, { operation: 'watch' });
}

function bufferFull(max: number, operation: string): WmisecError {
  const message = `${operation}: more than ${max} events waited to be consumed`;
  return new WmisecError('BUFFER_FULL', message, { operation });
}
