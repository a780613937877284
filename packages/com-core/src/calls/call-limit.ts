import { type CallOptions, WbemError, WbemStatus } from '@wmisec/wbem';

/** The longest that one native call is asked to wait, in milliseconds: how soon a thread is free again. */
const SLICE = 250;

/** When a call has to end: its signal, its time limit, and the closing of what it was made on. */
export class CallLimit implements Disposable {
  readonly #operation: string;
  readonly #signal: AbortSignal;
  readonly #timeout: AbortSignal | undefined;
  readonly #deadline: number;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(operation: string, { signal, timeoutMs }: CallOptions, closing: AbortSignal) {
    this.#operation = operation;
    this.#deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    const timeout = new AbortController();
    if (timeoutMs !== undefined) {
      this.#timer = setTimeout(() => timeout.abort(), timeoutMs);
      this.#timeout = timeout.signal;
    }
    this.#signal = AbortSignal.any([closing, timeout.signal, ...(signal === undefined ? [] : [signal])]);
  }

  /** How long the next native call may wait, in milliseconds. */
  get slice(): number {
    return Math.max(0, Math.min(SLICE, Math.ceil(this.#deadline - performance.now())));
  }

  /** @throws WbemError `WBEM_E_CALL_CANCELLED`, `WBEM_E_TIMED_OUT`. */
  check(): void {
    if (this.#signal.aborted) throw this.#reason();
  }

  /**
   * What `work` gives, or the reason to end before it. Work that was left behind runs to its end, and
   * `late` gets what it gives.
   */
  race<T>(work: Promise<T>, late: (value: T) => unknown = () => {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(this.#reason());
        work.then(late, () => {});
      };
      if (this.#signal.aborted) return leave();
      this.#signal.addEventListener('abort', leave, { once: true });
      work.then(resolve, reject).finally(() => this.#signal.removeEventListener('abort', leave));
    });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #reason(): WbemError {
    const timedOut = this.#timeout?.aborted === true;
    const status = timedOut ? WbemStatus.WBEM_E_TIMED_OUT : WbemStatus.WBEM_E_CALL_CANCELLED;
    return new WbemError(status, undefined, { operation: this.#operation });
  }
}
