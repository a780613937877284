import { setImmediate } from 'node:timers/promises';
import {
  type CimObject,
  type ObjectSink,
  type PropertyBag,
  type SinkCheck,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { WatchBuffer } from '../watch-buffer.ts';
import type { WatchLimits } from '../watch-options.ts';
import { watchedEvent } from '../watched-event.ts';
import type { EventHandler } from './receive-options.ts';
import type { ReceivingConnection } from './receiving-connection.ts';
import { sinkError } from './sink-error.ts';
import { StubSubscription } from './stub-subscription.ts';

export interface ReceiveCounts {
  /** Events that arrived. */
  readonly received: number;
  /** Of these, events that found the buffer full. */
  readonly dropped: number;
}

interface ReceiverOptions<Event extends PropertyBag, Target extends PropertyBag> {
  readonly connection: ReceivingConnection;
  readonly wql: string;
  readonly check: SinkCheck;
  readonly handler: EventHandler<Event, Target>;
  readonly limits: Omit<WatchLimits, 'timeoutMs' | 'resubscribe'>;
  readonly signal: AbortSignal | undefined;
}

/** Items handled before timers and other work get their turn. */
const ITEMS_PER_TURN = 256;

/** A subscription whose events a handler gets. Disposing it ends it: no item is handed out after that. */
export class EventReceiver<Event extends PropertyBag = PropertyBag, Target extends PropertyBag = PropertyBag>
  implements AsyncDisposable
{
  /**
   * Resolves when you have ended it, by its disposal or the signal. Rejects with what ended it otherwise: the
   * service's error, that of the handler, WmisecError `BUFFER_FULL`. Nothing is thrown at who does not look.
   */
  readonly ended: Promise<void>;
  readonly #handler: EventHandler<Event, Target>;
  readonly #buffer: WatchBuffer<Event, Target>;
  #subscription: StubSubscription | null = null;
  #closing: Promise<void> | null = null;
  #settle: (end: Promise<void>) => void = () => {};
  #received = 0;

  private constructor({ limits, handler }: ReceiverOptions<Event, Target>) {
    this.#handler = handler;
    this.#buffer = new WatchBuffer({ ...limits, timeoutMs: null });
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.ended.catch(() => {});
  }

  get counts(): ReceiveCounts {
    return { received: this.#received, dropped: this.#buffer.dropped };
  }

  /** @internal */
  static async open<Event extends PropertyBag, Target extends PropertyBag>(
    options: ReceiverOptions<Event, Target>,
  ): Promise<EventReceiver<Event, Target>> {
    const { connection, wql, check, signal } = options;
    const receiver = new EventReceiver(options);
    receiver.#subscription = await StubSubscription.open(connection, wql, check, receiver.#sink());
    receiver.#endWith(signal);
    void receiver.#handOut();
    return receiver;
  }

  /** Cancels the call, waits for its final status, and releases what it held. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#close(Promise.resolve());
  }

  /** What the service calls. It never does more than to put into the buffer. */
  #sink(): ObjectSink {
    return {
      indicate: (objects) => this.#take(objects),
      setStatus: (status) => this.#buffer.end(sinkError(status)),
    };
  }

  #endWith(signal: AbortSignal | undefined): void {
    const onAbort = () => void this[Symbol.asyncDispose]();
    signal?.addEventListener('abort', onAbort, { once: true });
    void this.ended.catch(() => {}).then(() => signal?.removeEventListener('abort', onAbort));
    if (signal?.aborted) onAbort();
  }

  #take(objects: readonly CimObject[]): void {
    for (const object of objects) {
      if (object.kind !== 'instance') continue;
      this.#received++;
      this.#buffer.push(watchedEvent(object));
    }
  }

  /** Never rejects. */
  async #handOut(): Promise<void> {
    try {
      for (let handed = 1; ; handed++) {
        const item = await this.#buffer.take();
        if (this.#closing !== null) return;
        await this.#handler(item);
        if (handed % ITEMS_PER_TURN === 0) await setImmediate();
      }
    } catch (error) {
      await this.#close(Promise.reject(error));
    }
  }

  /** The first end counts. */
  #close(end: Promise<void>): Promise<void> {
    end.catch(() => {});
    this.#closing ??= this.#release(end);
    return this.#closing;
  }

  async #release(end: Promise<void>): Promise<void> {
    this.#buffer.abort(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the receiver was ended'));
    await this.#subscription?.[Symbol.asyncDispose]();
    this.#settle(end);
  }
}
