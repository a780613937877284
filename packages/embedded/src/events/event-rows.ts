import { type CimInstance, type EnumBatch, WbemError, WbemStatus } from '@wmisec/wbem';
import { raceAbort } from '../server/race-abort.ts';
import { MAX_BATCH, requireCount } from '../server/row-server.ts';
import type { Rows } from '../server/rows.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { Subscription } from './subscription.ts';

/**
 * The service's side of a notification query's enumerator, which is forward-only. `next` gives what waits as soon
 * as there is one event; its end comes only with an error.
 */
export class EventRows implements Rows<CimInstance> {
  readonly #subscription: Subscription;
  readonly #admit: (call: ServerCall) => void;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param admit judges each call, and once more before it is given events: a call may wait for long. */
  constructor(subscription: Subscription, admit: (call: ServerCall) => void) {
    this.#subscription = subscription;
    this.#admit = admit;
  }

  next(call: ServerCall, count: number): Promise<EnumBatch<CimInstance>> {
    return this.#serve(call, async () => {
      requireCount(count, MAX_BATCH);
      return this.#take(call, count);
    });
  }

  skip(call: ServerCall, count: number): Promise<void> {
    return this.#serve(call, async () => {
      requireCount(count, Number.MAX_SAFE_INTEGER);
      for (let left = count; left > 0; )
        left -= (await this.#take(call, Math.min(left, MAX_BATCH))).objects.length;
    });
  }

  reset(call: ServerCall): Promise<void> {
    return this.#serve(call, () => Promise.reject(forwardOnly()));
  }

  clone(call: ServerCall): Promise<Rows<CimInstance>> {
    return this.#serve(call, () => Promise.reject(forwardOnly()));
  }

  /** Ends the subscription. Idempotent. */
  close(): void {
    this.#subscription.close();
  }

  async #take(call: ServerCall, count: number): Promise<EnumBatch<CimInstance>> {
    await this.#subscription.arrival(call.signal);
    call.signal.throwIfAborted();
    this.#admit(call);
    return this.#subscription.take(count);
  }

  /** One call after the other. */
  #serve<R>(call: ServerCall, run: () => Promise<R>): Promise<R> {
    const turn = this.#turn.then(() => {
      call.signal.throwIfAborted();
      this.#admit(call);
      return run();
    });
    this.#turn = turn.catch(() => {});
    return raceAbort(call.signal, () => turn);
  }
}

function forwardOnly(): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_INVALID_OPERATION,
    'events come once: their enumerator only goes forward',
  );
}
