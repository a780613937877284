import {
  type Blanket,
  type BlanketRequest,
  type CallOptions,
  type CimObject,
  type EnumBatch,
  type EnumWbemClassObject,
  WbemStatus,
} from '@wmisec/wbem';
import type { Rows } from '../server/rows.ts';
import { withCall } from './call-scope.ts';
import type { ClientProcess } from './client-process.ts';
import { ProxyBlanket } from './proxy-blanket.ts';

/** Objects fetched at a time by iteration. */
const BATCH = 256;

/** The client's side of an enumerator: a proxy with a blanket of its own. */
export class EnumeratorProxy<T extends CimObject> implements EnumWbemClassObject<T> {
  readonly proxyKind = 'enumerator';
  readonly #rows: Rows<T>;
  readonly #client: ClientProcess;
  readonly #signal: AbortSignal;
  readonly #blanket: ProxyBlanket;
  #status: number = WbemStatus.WBEM_S_NO_ERROR;

  constructor(rows: Rows<T>, client: ClientProcess, signal: AbortSignal) {
    this.#rows = rows;
    this.#client = client;
    this.#signal = signal;
    this.#blanket = new ProxyBlanket(client);
  }

  get status(): number {
    return this.#status;
  }

  setBlanket(request: BlanketRequest): void {
    this.#blanket.set(request);
  }

  queryBlanket(): Blanket {
    return this.#blanket.query();
  }

  async next(count: number, options?: CallOptions): Promise<EnumBatch<T>> {
    const batch = await withCall('next', this.#blanket.caller(), [this.#signal], options, (call) =>
      this.#rows.next(call, count),
    );
    this.#status = batch.status;
    return batch;
  }

  reset(): Promise<void> {
    return withCall('reset', this.#blanket.caller(), [this.#signal], undefined, (call) =>
      this.#rows.reset(call),
    );
  }

  skip(count: number, options?: CallOptions): Promise<void> {
    return withCall('skip', this.#blanket.caller(), [this.#signal], options, (call) =>
      this.#rows.skip(call, count),
    );
  }

  async clone(): Promise<EnumWbemClassObject<T>> {
    const rows = await withCall('clone', this.#blanket.caller(), [this.#signal], undefined, (call) =>
      this.#rows.clone(call),
    );
    return new EnumeratorProxy(rows, this.#client, this.#signal);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    try {
      for (let done = false; !done; ) {
        const batch = await this.next(BATCH);
        done = batch.done;
        yield* batch.objects;
      }
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#rows.close();
  }
}
