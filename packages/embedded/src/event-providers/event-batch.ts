import { type Batching, type CimInstance, WbemError, WbemStatus } from '@wmisec/wbem';
import { objectSize } from '../events/object-size.ts';
import type { Timers } from '../events/timers.ts';

/** Of `must` where the provider names none: milliseconds, bytes. */
const MAX_LATENCY = 1_000;
const MAX_BUFFER = 1024 * 1024;

/** Gathers the events of a sink as its provider wants it; `ifNeeded` and `mustNot` send each at once. */
export class EventBatch {
  readonly #timers: Timers;
  readonly #send: (events: readonly CimInstance[]) => void;
  #batching: Batching = { mode: 'ifNeeded' };
  #waiting: CimInstance[] = [];
  #bytes = 0;
  #cancel: () => void = () => {};

  constructor(timers: Timers, send: (events: readonly CimInstance[]) => void) {
    this.#timers = timers;
    this.#send = send;
  }

  /** @throws WbemError `WBEM_E_INVALID_PARAMETER` for limits that are none. */
  set(batching: Batching): void {
    for (const limit of [batching.maxBuffer, batching.maxLatency]) requireLimit(limit);
    this.flush();
    this.#batching = batching;
  }

  add(events: readonly CimInstance[]): void {
    const { mode, maxBuffer = MAX_BUFFER, maxLatency = MAX_LATENCY } = this.#batching;
    if (mode !== 'must') {
      this.#send(events);
      return;
    }
    const wereWaiting = this.#waiting.length > 0;
    for (const event of events) {
      this.#waiting.push(event);
      this.#bytes += objectSize(event);
    }
    if (this.#bytes >= maxBuffer) this.flush();
    else if (!wereWaiting) this.#cancel = this.#timers.after(maxLatency, () => this.flush());
  }

  /** Sends what waits. */
  flush(): void {
    this.#cancel();
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    if (waiting.length > 0) this.#send(waiting);
  }

  /** Lets go of what waits. */
  close(): void {
    this.#cancel();
    this.#waiting = [];
  }
}

function requireLimit(limit: number | undefined): void {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    `setBatching: expected a limit of 0 or more, got ${limit}`,
  );
}
