import { WmisecError } from '@wmisec/wbem';
import type { CallGauge } from './call-gauge.ts';

/**
 * Notices when an apartment stays in one method for too long: it then takes no call, and whoever waits for one,
 * this process included, waits for ever.
 */
export class StallWatch implements Disposable {
  readonly #gauge: CallGauge;
  readonly #nameOf: (method: number) => string;
  readonly #limit: number;
  readonly #onStall: (error: WmisecError) => void;
  readonly #timer: NodeJS.Timeout;
  #entry = -1;
  #since = 0;
  #reported = -1;

  /** @param limit milliseconds */
  constructor(
    gauge: CallGauge,
    nameOf: (method: number) => string,
    limit: number,
    onStall: (error: WmisecError) => void,
  ) {
    this.#gauge = gauge;
    this.#nameOf = nameOf;
    this.#limit = limit;
    this.#onStall = onStall;
    this.#timer = setInterval(() => this.look(performance.now()), Math.max(1, limit / 4));
    this.#timer.unref();
  }

  /** @param now milliseconds of any clock. */
  look(now: number): void {
    const { entry, method } = this.#gauge;
    if (entry !== this.#entry) {
      this.#entry = entry;
      this.#since = now;
      return;
    }
    if (method === 0 || this.#reported === entry || now - this.#since < this.#limit) return;
    this.#reported = entry;
    this.#onStall(stalled(this.#nameOf(method), this.#limit));
  }

  /** Whether the stall that was told of last is still going on. */
  get lasting(): boolean {
    return this.#reported === this.#gauge.entry;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function stalled(method: string, limit: number): WmisecError {
  return new WmisecError(
    'APARTMENT_STALLED',
    `the apartment has been in ${method} for more than ${limit} ms and takes no calls: ` +
      'a call out that waits for somebody who calls into the apartment never returns',
  );
}
