import { WbemError, WbemStatus } from '@wmisec/wbem';
import { AsyncCall, type AsyncCallOptions } from './async-call.ts';
import type { CallbackTarget } from './callback-target.ts';

/** The asynchronous calls under way on one connection, by their sinks. */
export class AsyncCalls {
  readonly #calls = new Set<AsyncCall>();

  /** Keeps the sink from here on until the call has ended. @param release lets it go. */
  begin(options: Omit<AsyncCallOptions, 'onEnd'>, release: () => void): void {
    const call = new AsyncCall({ ...options, onEnd: (ended) => this.#calls.delete(ended) });
    this.#calls.add(call);
    void call.run().finally(release);
  }

  /** @throws WbemError `WBEM_E_NOT_FOUND` when the sink was given to no call that is under way. */
  cancel(target: CallbackTarget): void {
    const found = [...this.#calls].filter((call) => call.target === target);
    for (const call of found) call.cancel();
    if (found.length > 0) return;
    const message = 'no call is under way that was given this very sink or stub';
    throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, message);
  }
}
