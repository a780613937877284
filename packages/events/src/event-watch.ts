import { setImmediate } from 'node:timers/promises';
import { type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import { isLostConnection } from './lost-connection.ts';
import { SubscriptionLink } from './subscription-link.ts';
import { WatchBuffer } from './watch-buffer.ts';
import type { MissedEvents, WatchItem } from './watch-item.ts';
import type { WatchLimits } from './watch-options.ts';
import type { WatchedConnection } from './watched-connection.ts';
import { watchedEvent } from './watched-event.ts';

export interface WatchCounts {
  /** Events that arrived. */
  readonly received: number;
  /** Of these, events that found the buffer full. */
  readonly dropped: number;
  /** How often the connection was lost and the subscription made anew. */
  readonly resubscribed: number;
}

interface EventWatchOptions {
  readonly connection: WatchedConnection;
  readonly wql: string;
  readonly limits: WatchLimits;
  readonly link: SubscriptionLink;
  readonly signal: AbortSignal;
}

/** Events taken in before timers and other work get their turn. */
const EVENTS_PER_TURN = 256;

/** A subscription that is being read. Iterate once; leaving the loop disposes it. */
export class EventWatch<Event extends PropertyBag = PropertyBag, Target extends PropertyBag = PropertyBag>
  implements AsyncIterable<WatchItem<Event, Target>>, AsyncDisposable
{
  readonly #options: EventWatchOptions;
  readonly #buffer: WatchBuffer<Event, Target>;
  readonly #end = new AbortController();
  readonly #reading: Promise<void>;
  readonly #onAbort = () => this.#stop(cancelled());
  #link: SubscriptionLink;
  #lastSeen = new Date();
  #received = 0;
  #resubscribed = 0;

  /** @internal */
  constructor(options: EventWatchOptions) {
    this.#options = options;
    this.#link = options.link;
    this.#buffer = new WatchBuffer(options.limits);
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal.aborted) this.#onAbort();
    this.#reading = this.#read();
  }

  get counts(): WatchCounts {
    return { received: this.#received, dropped: this.#buffer.dropped, resubscribed: this.#resubscribed };
  }

  /**
   * Never ends by itself, only with an error.
   * @throws WbemError `WBEM_E_CALL_CANCELLED` after the signal, `WBEM_E_TIMED_OUT`, `WBEM_E_ACCESS_DENIED` when a
   *   right was taken away, and other failures of the service. WmisecError `BUFFER_FULL`.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<WatchItem<Event, Target>, void> {
    try {
      while (true) yield await this.#buffer.take();
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  /** Ends the subscription. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop(cancelled());
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    await this.#link[Symbol.asyncDispose]();
    await this.#reading;
  }

  #stop(reason: WbemError): void {
    if (this.#end.signal.aborted) return;
    this.#buffer.abort(reason);
    this.#end.abort(reason);
  }

  /** Never rejects: what goes wrong is for whoever takes the next item. */
  async #read(): Promise<void> {
    while (this.#buffer.open) {
      try {
        await this.#readOn();
      } catch (error) {
        await this.#recover(error);
      }
    }
    await this.#link[Symbol.asyncDispose]();
  }

  /** One event at a time: a native enumerator would wait until it has all that it is asked for. */
  async #readOn(): Promise<void> {
    while (this.#buffer.open) {
      const { objects, status, done } = await this.#link.events.next(1, { signal: this.#end.signal });
      this.#lastSeen = new Date();
      if (status === WbemStatus.WBEM_S_PARTIAL_RESULTS) this.#buffer.miss(LOST_BY_SERVER);
      for (const object of objects) this.#buffer.push(watchedEvent(object));
      this.#received += objects.length;
      if (done) this.#buffer.end(endedByServer());
      if (this.#received % EVENTS_PER_TURN === 0) await setImmediate();
    }
  }

  async #recover(error: unknown): Promise<void> {
    const { connection, wql, limits } = this.#options;
    if (limits.resubscribe === null || !isLostConnection(error)) return this.#buffer.end(error);
    const from = this.#lastSeen;
    await this.#link[Symbol.asyncDispose]();
    try {
      this.#link = await SubscriptionLink.again(connection, wql, limits.resubscribe, this.#end.signal);
      this.#resubscribed++;
      this.#lastSeen = new Date();
      const between = [from, this.#lastSeen] as const;
      this.#buffer.miss({ kind: 'missed', reason: 'disconnected', count: null, between, error });
    } catch (failure) {
      this.#buffer.end(failure);
    }
  }
}

const LOST_BY_SERVER: MissedEvents = {
  kind: 'missed',
  reason: 'server',
  count: null,
  between: null,
  error: null,
};

function cancelled(): WbemError {
  return new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the watch was ended', { operation: 'watch' });
}

function endedByServer(): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_FAILED,
    'watch: the service ended the subscription without a reason',
    {
      operation: 'watch',
    },
  );
}
