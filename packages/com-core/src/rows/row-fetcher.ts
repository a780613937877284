import { failed, WbemStatus } from '@wmisec/wbem';
import type { CallOutcome } from '../calls/thread-task.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IEnumWbemClassObject } from '../raw/interfaces/client.ts';
import type { Ptr } from '../raw/pointer.ts';
import { RowBatch } from './row-batch.ts';
import type { RowPlans } from './row-plans.ts';

/** Rows that one native call fetches at most. */
const MOST = 4096;
/** VARIANTs that they have at most: 1.5 MB. */
const MOST_VALUES = 65_536;

/** Fetches native rows, one call at a time, and keeps what nobody has taken yet. */
export class RowFetcher {
  readonly #com: Com;
  readonly #pointer: ComPointer<typeof IEnumWbemClassObject>;
  readonly #plans: RowPlans;
  #spent: Ptr<'SAFEARRAY'>[] = [];
  #underWay: Promise<RowBatch> | undefined;
  #status = 0;
  #exhausted = false;

  constructor(com: Com, pointer: ComPointer<typeof IEnumWbemClassObject>, plans: RowPlans) {
    this.#com = com;
    this.#pointer = pointer;
    this.#plans = plans;
  }

  /** A success that says more than that rows came or went: `WBEM_S_ACCESS_DENIED`; else 0. */
  get status(): number {
    return this.#status;
  }

  /** True when the service has no more rows, or has failed. Fetched ones may still be `pending`. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  get pending(): boolean {
    return this.#underWay !== undefined;
  }

  /** Begins to fetch up to `count` rows, waiting at most `slice` milliseconds. */
  start(count: number, slice: number): void {
    this.#underWay ??= this.#fetch(count, slice);
    this.#underWay.catch(() => {}); // Whoever takes it gets the failure.
  }

  /**
   * The rows under way, or else newly fetched ones; null when the slice passed without any. The receiver
   * releases them.
   * @throws WbemError the service's failure.
   */
  async take(count: number, slice: number): Promise<RowBatch | null> {
    this.start(count, slice);
    try {
      const batch = await this.#underWay!;
      if (batch.count > 0) return batch;
      this.release(batch);
      return null;
    } finally {
      this.#underWay = undefined;
    }
  }

  /** Gives rows back, with the next fetch. */
  release(batch: RowBatch): void {
    this.#spent.push(...batch.arrays);
  }

  /** Drops what was fetched, so that the enumerator can begin anew; resolves when all is given back. */
  async forget(): Promise<void> {
    const batch = await this.#underWay?.catch(() => undefined);
    this.#underWay = undefined;
    if (batch !== undefined) this.release(batch);
    if (this.#spent.length > 0) await this.#com.threads.run({ kind: 'free', spent: this.#takeSpent() });
    this.#exhausted = false;
    this.#status = 0;
  }

  async #fetch(count: number, slice: number): Promise<RowBatch> {
    const plan = this.#plans.fill;
    const most = this.#plans.ready ? Math.min(MOST, Math.floor(MOST_VALUES / (plan?.width ?? 1))) : 1;
    const size = Math.min(count, most);
    const batch = new RowBatch(this.#com.native, size, plan?.width ?? 0);
    const outcome = await this.#com.threads.run({
      kind: 'fetch',
      ...this.#pointer.address('Next'),
      self: this.#pointer.ptr,
      timeout: slice,
      size,
      objects: batch.objects,
      variants: batch.variants,
      plan,
      spent: this.#takeSpent(),
    });
    batch.count = outcome.count;
    return this.#judge(batch, outcome);
  }

  #judge(batch: RowBatch, outcome: CallOutcome): RowBatch {
    if (failed(outcome.hresult)) {
      this.#exhausted = true;
      this.release(batch);
    }
    const status = this.#com.check(outcome, 'next');
    if (status === WbemStatus.WBEM_S_TIMEDOUT || (status === 0 && batch.count > 0)) return batch;
    this.#exhausted = true;
    this.#status = status === WbemStatus.WBEM_S_FALSE ? 0 : status;
    return batch;
  }

  #takeSpent(): Ptr<'SAFEARRAY'>[] {
    const spent = this.#spent;
    this.#spent = [];
    return spent;
  }
}
