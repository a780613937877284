import {
  type CallOptions,
  type CimObject,
  type EnumBatch,
  type EnumWbemClassObject,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { IEnumWbemClassObject } from '../raw/interfaces/client.ts';
import { RowDecoder } from '../rows/row-decoder.ts';
import { RowFetcher } from '../rows/row-fetcher.ts';
import { RowPlans } from '../rows/row-plans.ts';
import { NativeProxy } from './native-proxy.ts';

/** Rows that `for await` fetches at a time. */
const ITERATION = 256;

type Pointer = ComPointer<typeof IEnumWbemClassObject>;

/** A native `IEnumWbemClassObject`. Calls on it run one after the other. */
export class NativeEnumerator<T extends CimObject>
  extends NativeProxy<typeof IEnumWbemClassObject>
  implements EnumWbemClassObject<T>
{
  readonly proxyKind = 'enumerator';
  readonly #plans: RowPlans;
  readonly #fetcher: RowFetcher;
  readonly #decoder: RowDecoder;
  readonly #ahead: boolean;
  #rows: T[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** @param ahead whether the next rows are fetched while the last ones are decoded. */
  constructor(com: Com, pointer: Pointer, ahead = true) {
    super(com, pointer);
    this.#ahead = ahead;
    this.#plans = new RowPlans(com);
    this.#fetcher = new RowFetcher(com, pointer, this.#plans);
    this.#decoder = new RowDecoder(com, this.#plans);
  }

  get status(): number {
    return this.#fetcher.status;
  }

  /**
   * Rows that came before an early end are kept for the next call.
   * @throws WbemError `WBEM_E_TIMED_OUT`, `WBEM_E_CALL_CANCELLED`, and the service's failures.
   */
  next(count: number, options: CallOptions = {}): Promise<EnumBatch<T>> {
    return this.#inTurn('next', options, async (limit) => {
      requireCount('next', count);
      await this.#fill(count, limit);
      const objects = this.#rows.splice(0, count);
      const done = this.#fetcher.exhausted && this.#rows.length === 0;
      return { objects, done, status: this.status };
    });
  }

  /** @throws WbemError `WBEM_E_INVALID_OPERATION` from a forward-only enumerator. */
  reset(): Promise<void> {
    return this.#inTurn('reset', {}, async () => {
      await this.#fetcher.forget();
      this.com.check(await this.pointer.send('Reset'), 'reset');
      this.#rows = [];
    });
  }

  skip(count: number, options: CallOptions = {}): Promise<void> {
    return this.#inTurn('skip', options, async (limit) => {
      requireCount('skip', count);
      let left = count - this.#rows.splice(0, count).length;
      while (left > 0 && !this.#fetcher.exhausted) {
        if (!this.#fetcher.pending) return this.#skipNative(left, limit);
        await this.#decodeNext(left, limit);
        left -= this.#rows.splice(0, left).length;
      }
    });
  }

  /** @throws WbemError `WBEM_E_INVALID_OPERATION` from a forward-only enumerator. */
  clone(): Promise<EnumWbemClassObject<T>> {
    return this.#inTurn('clone', {}, async (limit) => {
      while (this.#fetcher.pending) await this.#decodeNext(1, limit, false);
      using out = this.com.native.memory.alloc(8);
      this.com.check(await this.pointer.send('Clone', out.ptr), 'clone');
      const copy = this.com.own(IEnumWbemClassObject, out.pointer<'IEnumWbemClassObject'>())!;
      const cloned = new NativeEnumerator<T>(this.com, copy, this.#ahead);
      cloned.#rows = [...this.#rows];
      return cloned;
    });
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    try {
      for (let done = false; !done; ) {
        const batch = await this.next(this.#ahead ? ITERATION : 1);
        done = batch.done;
        yield* batch.objects;
      }
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  protected override async letGo(): Promise<void> {
    await this.#fetcher.forget();
    this.#plans[Symbol.dispose]();
    this.#rows = [];
  }

  async #fill(count: number, limit: CallLimit): Promise<void> {
    while (this.#rows.length < count && !this.#fetcher.exhausted) {
      await this.#decodeNext(count, limit);
      limit.check();
    }
  }

  /**
   * Takes what was fetched, or fetches, goes on fetching ahead, and decodes meanwhile. Dynamically cloaked rows are
   * not fetched ahead: whoever asks next may be somebody who must not see them.
   */
  async #decodeNext(
    count: number,
    limit: CallLimit,
    ahead = this.#ahead && !this.cloaksDynamically,
  ): Promise<void> {
    const missing = count - this.#rows.length;
    if (ahead) this.#fetcher.ahead(missing, limit.slice);
    const batch = await this.#fetcher.take(missing, limit.slice);
    if (batch === null) return;
    try {
      await this.#decoder.decode(batch, this.#rows);
    } finally {
      this.#fetcher.release(batch);
    }
  }

  async #skipNative(count: number, limit: CallLimit): Promise<void> {
    for (;;) {
      const status = this.com.check(await this.pointer.send('Skip', limit.slice, count), 'skip');
      limit.check();
      if (status !== WbemStatus.WBEM_S_TIMEDOUT) return;
    }
  }

  #inTurn<R>(operation: string, options: CallOptions, call: (limit: CallLimit) => Promise<R>): Promise<R> {
    return this.calls.run(operation, options, (limit) => {
      const mine = this.#turn.then(() => {
        limit.check();
        return call(limit);
      });
      this.#turn = mine.catch(() => {});
      return mine;
    });
  }
}

function requireCount(operation: string, count: number): void {
  if (Number.isSafeInteger(count) && count > 0 && count <= 0xffffffff) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    `${operation} expects a count from 1 to 4294967295, got ${count}`,
  );
}
