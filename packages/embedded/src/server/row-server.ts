import type { Principal } from '@wmisec/access';
import { type CimObject, type EnumBatch, WbemError, WbemStatus } from '@wmisec/wbem';
import type { ObjectBatches } from '../instances/object-batches.ts';
import { followSignals } from './follow-signals.ts';
import { raceAbort } from './race-abort.ts';
import type { Rows } from './rows.ts';
import type { ServerCall } from './server-call.ts';

/** The most objects that one `next` gives. */
export const MAX_BATCH = 10_000;

export interface RowServerOptions<T extends CimObject> {
  /** Who asked for the rows: nobody else may read them (docs/rules.md 14). */
  readonly owner: Principal;
  /** Runs the query from its start. */
  readonly open: (signal: AbortSignal) => ObjectBatches<T>;
  /** Judges each later call. @throws WbemError `WBEM_E_ACCESS_DENIED`. */
  readonly admit: (call: ServerCall, owner: Principal) => void;
  /** Of the service: its reason is what calls fail with after its end. */
  readonly signal: AbortSignal;
}

/** The service's side of an enumerator. Rows are pulled from their source only as they are asked for. */
export class RowServer<T extends CimObject> implements Rows<T> {
  readonly #options: RowServerOptions<T>;
  readonly #end = new AbortController();
  readonly #stopFollowing: () => void;
  #batches: ObjectBatches<T> | null = null;
  /** A pull that outlived the call which started it; the next call takes it up. */
  #pulling: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;
  #buffer: readonly T[] = [];
  #offset = 0;
  #position = 0;
  #done = false;
  #status: number = WbemStatus.WBEM_S_NO_ERROR;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: RowServerOptions<T>) {
    this.#options = options;
    this.#stopFollowing = followSignals(this.#end, [options.signal]);
  }

  next(call: ServerCall, count: number): Promise<EnumBatch<T>> {
    return this.#serve(call, async () => {
      requireCount(count, MAX_BATCH);
      const objects = await this.#take(call, count);
      return { objects, done: this.#done, status: this.#status };
    });
  }

  skip(call: ServerCall, count: number): Promise<void> {
    return this.#serve(call, async () => {
      requireCount(count, Number.MAX_SAFE_INTEGER);
      await this.#skip(call, count);
    });
  }

  reset(call: ServerCall): Promise<void> {
    return this.#serve(call, async () => this.#rewind());
  }

  /** Another enumerator over the same query, at the same position. */
  clone(call: ServerCall): Promise<RowServer<T>> {
    return this.#serve(call, async () => {
      const copy = new RowServer(this.#options);
      try {
        await copy.#skip(call, this.#position);
      } catch (error) {
        copy.close();
        throw error;
      }
      return copy;
    });
  }

  /** Lets the source go. Idempotent. */
  close(): void {
    this.#end.abort(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the enumerator is closed'));
    this.#stopFollowing();
    this.#rewind();
  }

  /** One call after the other, each admitted anew. */
  #serve<R>(call: ServerCall, run: () => Promise<R>): Promise<R> {
    const turn = this.#turn.then(() => {
      call.signal.throwIfAborted();
      this.#options.admit(call, this.#options.owner);
      this.#end.signal.throwIfAborted();
      return run();
    });
    this.#turn = turn.catch(() => {});
    return raceAbort(call.signal, () => turn);
  }

  async #take(call: ServerCall, count: number): Promise<readonly T[]> {
    if (!(await this.#fill(call))) return [];
    const first = this.#takeBuffered(count);
    if (first.length === count) return first;
    const objects = [...first];
    while (objects.length < count && (await this.#fill(call)))
      for (const object of this.#takeBuffered(count - objects.length)) objects.push(object);
    return objects;
  }

  async #skip(call: ServerCall, count: number): Promise<void> {
    for (let left = count; left > 0 && (await this.#fill(call)); ) left -= this.#takeBuffered(left).length;
  }

  #takeBuffered(count: number): readonly T[] {
    const all = this.#offset === 0 && this.#buffer.length <= count;
    const objects = all ? this.#buffer : this.#buffer.slice(this.#offset, this.#offset + count);
    this.#offset += objects.length;
    this.#position += objects.length;
    return objects;
  }

  /** @returns false at the end. */
  async #fill(call: ServerCall): Promise<boolean> {
    while (this.#offset === this.#buffer.length) {
      this.#end.signal.throwIfAborted();
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#done) return false;
      this.#batches ??= this.#options.open(this.#end.signal);
      this.#pulling ??= this.#pull(this.#batches);
      const pulling = this.#pulling;
      await raceAbort(call.signal, () => pulling);
    }
    return true;
  }

  async #pull(batches: ObjectBatches<T>): Promise<void> {
    try {
      const { done, value } = await batches.next();
      if (this.#batches !== batches) return;
      this.#done = done === true;
      this.#buffer = done ? [] : value;
      this.#offset = 0;
      if (done) this.#status = value;
    } catch (error) {
      if (this.#batches === batches) this.#failure = { error };
    } finally {
      if (this.#batches === batches) this.#pulling = null;
    }
  }

  #rewind(): void {
    void this.#batches?.return(WbemStatus.WBEM_S_NO_ERROR).catch(() => {});
    this.#batches = null;
    this.#pulling = null;
    this.#failure = null;
    this.#buffer = [];
    this.#offset = 0;
    this.#position = 0;
    this.#done = false;
    this.#status = WbemStatus.WBEM_S_NO_ERROR;
  }
}

/** @throws WbemError `WBEM_E_INVALID_PARAMETER` for what is no number of objects. */
export function requireCount(count: number, max: number): void {
  if (Number.isSafeInteger(count) && count >= 1 && count <= max) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    `expected a number of objects from 1 to ${max}, got ${count}`,
  );
}
