import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { type CimObject, type SinkStatus, WbemError, WbemStatus } from '@wmisec/wbem';
import { followSignals } from '../server/follow-signals.ts';
import { raceAbort } from '../server/race-abort.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { AsyncWork } from './async-work.ts';
import type { CallbackChannel } from './callback-channel.ts';
import type { CallbackTarget } from './callback-target.ts';
import { completed, failure, progress } from './sink-status.ts';

export interface AsyncCallOptions {
  /** As it arrived. */
  readonly call: ServerCall;
  readonly target: CallbackTarget;
  readonly channel: CallbackChannel;
  /** Whether the client asked for progress. */
  readonly sendStatus: boolean;
  /** Any of which ends it: those of the service and the connection. */
  readonly signals: readonly AbortSignal[];
  readonly work: (call: ServerCall) => AsyncWork;
  /** Told before the final status goes out: from then on there is nothing left to cancel. */
  readonly onEnd: (call: AsyncCall) => void;
  /** Told when the client cannot be reached. */
  readonly onUnreachable: (call: ServerCall, error: unknown) => void;
}

/**
 * A call under way whose results go to a sink: objects in batches, then one final status, then nothing.
 * @see docs/rules.md 3.7
 */
export class AsyncCall {
  readonly target: CallbackTarget;
  readonly #options: AsyncCallOptions;
  readonly #call: ServerCall;
  readonly #end = new AbortController();

  constructor(options: AsyncCallOptions) {
    setMaxListeners(0, this.#end.signal);
    this.target = options.target;
    this.#options = options;
    this.#call = { ...options.call, signal: this.#end.signal };
  }

  /** Ends it, whatever it does; what a provider has begun runs on to its end. */
  cancel(): void {
    const { operation } = this.#call;
    this.#end.abort(
      new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, `${operation} was cancelled`, { operation }),
    );
  }

  /** Begins at once, and calls the sink in later turns. Resolves when all is over; never rejects. */
  async run(): Promise<void> {
    const { signals, work: begin, onEnd } = this.#options;
    const stopFollowing = followSignals(this.#end, signals);
    const work = begin(this.#call);
    const status = await this.#deliver(work).catch((error: unknown) => failure(error, this.#call.operation));
    work.return({ status: status.status, text: null }).catch(ignore);
    stopFollowing();
    onEnd(this);
    await this.#tell(status);
  }

  /** One batch after the other: who does not take one gets no second, and holds up nobody else. */
  async #deliver(work: AsyncWork): Promise<SinkStatus> {
    for (let given = 0; ; ) {
      const pulled = work.next();
      pulled.catch(ignore);
      await setImmediate();
      const { done, value } = await raceAbort(this.#end.signal, () => pulled);
      if (done) return completed(value.status, value.text);
      await raceAbort(this.#end.signal, () => this.#give(value, given));
      given += value.length;
    }
  }

  async #give(objects: readonly CimObject[], given: number): Promise<void> {
    const { channel, sendStatus } = this.#options;
    const { signal } = this.#end;
    try {
      if (sendStatus) await channel.setStatus(progress(given + objects.length, given), signal);
      await channel.indicate(objects, signal);
    } catch (cause) {
      if (!channel.open) this.#options.onUnreachable(this.#call, cause);
      throw callbackFailed(cause);
    }
  }

  /** A client that lets nothing in, or whose sink fails, has had its word. */
  async #tell(status: SinkStatus): Promise<void> {
    const { channel, onUnreachable } = this.#options;
    if (!channel.open) return;
    try {
      await channel.setStatus(status);
    } catch (error) {
      if (!channel.open) onUnreachable(this.#call, error);
    }
  }
}

/** @see docs/rules.md 3.2 */
function callbackFailed(cause: unknown): WbemError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new WbemError(
    WbemStatus.WBEM_E_CALL_CANCELLED,
    `a callback failed, so the call was cancelled${why}`,
    { cause },
  );
}

function ignore(): void {}
