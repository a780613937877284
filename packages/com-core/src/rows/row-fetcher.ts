import { failed, WbemStatus } from '@wmisec/wbem';
import type { ThreadLease } from '../calls/call-threads.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IEnumWbemClassObject } from '../raw/interfaces/client.ts';
import type { Ptr } from '../raw/pointer.ts';
import { RowBatch } from './row-batch.ts';
import type { RowPlans } from './row-plans.ts';

/** Rows that one native call fetches at most. */
const MOST = 1024;
/** Fetches that are under way together, so that the thread goes on while one is received. */
const DEPTH = 2;
/** VARIANTs that they have at most: 1.5 MB. */
const MOST_VALUES = 65_536;

/** Fetches native rows, one call after the other on one thread, and keeps what nobody has taken yet. */
export class RowFetcher {
  readonly #com: Com;
  readonly #pointer: ComPointer<typeof IEnumWbemClassObject>;
  readonly #plans: RowPlans;
  #spent: Ptr<'SAFEARRAY'>[] = [];
  readonly #underWay: Promise<RowBatch>[] = [];
  #lease: Promise<ThreadLease> | undefined;
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
    return this.#underWay.length > 0;
  }

  /** Fetches ahead: `missing` rows that are still wanted now, then as many as may be wanted next. */
  ahead(missing: number, next: number, slice: number): void {
    let left = missing;
    while (this.#underWay.length < DEPTH) {
      const size = Math.min(left > 0 ? left : next, MOST);
      this.#start(size, slice);
      left -= size;
    }
  }

  /**
   * The rows under way, or else newly fetched ones; null when the slice passed without any. The receiver
   * releases them.
   * @throws WbemError the service's failure.
   */
  async take(count: number, slice: number): Promise<RowBatch | null> {
    if (!this.pending) this.#start(count, slice);
    try {
      const batch = await this.#underWay[0]!;
      if (batch.count > 0) return batch;
      this.release(batch);
      return null;
    } finally {
      await this.#drop();
    }
  }

  /** Gives rows back, with the next fetch. */
  release(batch: RowBatch): void {
    this.#spent.push(...batch.arrays);
  }

  /** Drops what was fetched, so that the enumerator can begin anew; resolves when all is given back. */
  async forget(): Promise<void> {
    while (this.pending) {
      const batch = await this.#underWay[0]!.catch(() => null);
      if (batch !== null) this.release(batch);
      await this.#drop();
    }
    if (this.#spent.length > 0) await this.#com.threads.run({ kind: 'free', spent: this.#takeSpent() });
    this.#exhausted = false;
    this.#status = 0;
  }

  #start(count: number, slice: number): void {
    this.#lease ??= this.#com.threads.lease();
    const fetch = this.#fetch(this.#lease, count, slice);
    fetch.catch(() => {}); // Whoever takes it gets the failure.
    this.#underWay.push(fetch);
  }

  /** Counts the first fetch out; with the last one the thread is given back. */
  async #drop(): Promise<void> {
    this.#underWay.shift();
    if (this.pending) return;
    const lease = this.#lease;
    this.#lease = undefined;
    (await lease)?.end();
  }

  async #fetch(lease: Promise<ThreadLease>, count: number, slice: number): Promise<RowBatch> {
    const plan = this.#plans.fill;
    const most = this.#plans.ready ? Math.min(MOST, Math.floor(MOST_VALUES / (plan?.width ?? 1))) : 1;
    const size = Math.min(count, most);
    const batch = new RowBatch(this.#com.native, size, plan?.width ?? 0);
    const thread = await lease;
    const outcome = await thread.run({
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
