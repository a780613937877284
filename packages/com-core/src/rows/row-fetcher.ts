import { WbemError, WbemStatus } from '@wmisec/wbem';
import type { ThreadLease } from '../calls/call-threads.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IEnumWbemClassObject } from '../raw/interfaces/client.ts';
import type { RowPlans } from './row-plans.ts';
import type { RowRoom } from './row-room.ts';
import { MOST_ROWS } from './row-rooms.ts';

/** Fetches that are under way together, so that the thread goes on while one is received. */
const DEPTH = 2;
/** VARIANTs that one fetch brings at most: 1.5 MB. */
const MOST_VALUES = 65_536;

/** What one fetch brought. */
export interface RowBatch {
  readonly room: RowRoom;
  /** Whether the VARIANTs of the properties are there, and not only the objects. */
  readonly filled: boolean;
  readonly count: number;
  /** Whether there are as many objects as were asked for. */
  readonly full: boolean;
  /** Whether the service has no more. */
  readonly last: boolean;
  /** A success that says more than that rows came or went; else 0. */
  readonly status: number;
}

/** Fetches native rows, one call after the other on one thread, and keeps what nobody has taken yet. */
export class RowFetcher {
  readonly #com: Com;
  readonly #pointer: ComPointer<typeof IEnumWbemClassObject>;
  readonly #plans: RowPlans;
  /** Rooms whose rows were decoded: the next fetch into them gives those back first. */
  readonly #spent: RowRoom[] = [];
  readonly #underWay: { readonly size: number; readonly batch: Promise<RowBatch> }[] = [];
  /** Rows that were last fetched ahead. */
  #window = 0;
  /** Whether more rows are to be expected without a wait. */
  #flows = false;
  #lease: Promise<ThreadLease> | undefined;
  #status = 0;
  #exhausted = false;
  /** Dropping what was fetched behind the last row. */
  #rest: Promise<void> = Promise.resolve();

  constructor(com: Com, pointer: ComPointer<typeof IEnumWbemClassObject>, plans: RowPlans) {
    this.#com = com;
    this.#pointer = pointer;
    this.#plans = plans;
  }

  /** A success that says more than that rows came or went: `WBEM_S_ACCESS_DENIED`; else 0. */
  get status(): number {
    return this.#status;
  }

  /** True when the last row was taken, or the service has failed. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** True when there is something to take that was fetched, or is being. */
  get pending(): boolean {
    return !this.#exhausted && this.#underWay.length > 0;
  }

  /** Fetches what is still wanted, and more and more rows ahead for whoever goes on reading. */
  ahead(wanted: number, slice: number): void {
    if (!this.#flows || !this.#plans.ready) return;
    while (this.#underWay.length < DEPTH) {
      const missing = wanted - this.#underWay.reduce((sum, { size }) => sum + size, 0);
      this.#window = Math.min(MOST_ROWS, Math.max(wanted, this.#window * 2));
      this.#start(Math.max(missing, this.#window), slice);
    }
  }

  /**
   * The rows under way, or else newly fetched ones; null when the slice passed without any, and at the end. The
   * receiver releases them.
   * @throws WbemError the service's failure.
   */
  async take(count: number, slice: number): Promise<RowBatch | null> {
    if (!this.pending) this.#start(count, slice);
    try {
      const batch = await this.#underWay[0]!.batch;
      this.#flows = batch.full && !batch.last;
      this.#exhausted = batch.last;
      this.#status = batch.status;
      if (batch.count > 0) return batch;
      this.release(batch);
      return null;
    } catch (error) {
      this.#exhausted = error instanceof WbemError;
      throw error;
    } finally {
      await this.#drop();
      if (this.#exhausted) this.#rest = this.#dropAll();
    }
  }

  /** Gives rows back, with the next fetch. */
  release({ room }: RowBatch): void {
    this.#spent.push(room);
  }

  /** Drops what was fetched, so that the enumerator can begin anew; resolves when all is given back. */
  async forget(): Promise<void> {
    await this.#rest;
    await this.#dropAll();
    for (const room of this.#spent.splice(0)) this.#com.rooms.giveBack(room);
    this.#flows = false;
    this.#exhausted = false;
    this.#status = 0;
    this.#window = 0;
  }

  #start(count: number, slice: number): void {
    this.#lease ??= this.#com.threads.lease();
    const size = Math.min(count, this.#most);
    const batch = this.#fetch(this.#lease, size, slice);
    batch.catch(() => {}); // Whoever takes it gets the failure.
    this.#underWay.push({ size, batch });
  }

  /** A single row to learn from; then as many as make a call worth its while. */
  get #most(): number {
    return this.#plans.ready ? Math.min(MOST_ROWS, Math.floor(MOST_VALUES / (this.#plans.width || 1))) : 1;
  }

  async #dropAll(): Promise<void> {
    while (this.#underWay.length > 0) {
      const batch = await this.#underWay[0]!.batch.catch(() => null);
      if (batch !== null) this.release(batch);
      await this.#drop();
    }
  }

  /** Counts the first fetch out; with the last one the thread is given back. */
  async #drop(): Promise<void> {
    this.#underWay.shift();
    if (this.#underWay.length > 0) return;
    const lease = this.#lease;
    this.#lease = undefined;
    (await lease)?.end();
  }

  async #fetch(lease: Promise<ThreadLease>, size: number, slice: number): Promise<RowBatch> {
    const plan = this.#plans.fill;
    const room = this.#room(size, size * this.#plans.width);
    try {
      const thread = await lease;
      const outcome = await thread.run({
        kind: 'fetch',
        ...this.#pointer.address('Next'),
        self: this.#pointer.ptr,
        timeout: slice,
        size,
        room: room.place,
        plan,
      });
      const { count } = outcome;
      const status = this.#com.check(outcome, 'next');
      const goesOn = status === WbemStatus.WBEM_S_TIMEDOUT || (status === 0 && count > 0);
      const told = goesOn || status === WbemStatus.WBEM_S_FALSE ? 0 : status;
      return { room, filled: plan !== null, count, full: count === size, last: !goesOn, status: told };
    } catch (error) {
      this.#spent.push(room);
      throw error;
    }
  }

  #room(rows: number, values: number): RowRoom {
    const index = this.#spent.findIndex((room) => room.fits(rows, values));
    return index >= 0 ? this.#spent.splice(index, 1)[0]! : this.#com.rooms.take(rows, values);
  }
}
