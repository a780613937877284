import { type CallOptions, WmisecError } from '@wmisec/wbem';
import { CallLimit } from './call-limit.ts';

type Around = <T>(call: () => Promise<T>) => Promise<T>;

/** The calls that are under way on one object: what its disposal cancels and waits for. */
export class OpenCalls {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #around: Around;

  /** @param around runs each call, such as with a token. */
  constructor(around: Around = (call) => call()) {
    this.#around = around;
  }

  /**
   * Runs a call within its limits. A caller that leaves early is answered at once; the call then runs to
   * its next slice, unwinds, and `late` gets what it still gave.
   * @throws WmisecError `DISPOSED` after `close`; WbemError `WBEM_E_CALL_CANCELLED`, `WBEM_E_TIMED_OUT`.
   */
  async run<T>(
    operation: string,
    options: CallOptions,
    call: (limit: CallLimit) => Promise<T>,
    late?: (value: T) => unknown,
  ): Promise<T> {
    if (this.#closing.signal.aborted)
      throw new WmisecError('DISPOSED', `${operation} was called on an object that has been disposed`);
    using limit = new CallLimit(operation, options, this.#closing.signal);
    limit.check();
    const work = this.#around(() => call(limit));
    this.#track(work);
    return await limit.race(work, late);
  }

  /** Cancels what is under way and waits until it has unwound. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#running);
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  #track(work: Promise<unknown>): void {
    this.#running.add(work);
    const forget = () => this.#running.delete(work);
    work.then(forget, forget);
  }
}
