import type {
  Blanket,
  BlanketRequest,
  CallOptions,
  CimObject,
  EnumBatch,
  EnumWbemClassObject,
} from '@wmisec/wbem';
import type { ProxyLedger } from './proxy-ledger.ts';

/** An enumerator whose blanket is proven, and whose clones are too. */
export class SecuredEnumerator<T extends CimObject> implements EnumWbemClassObject<T> {
  readonly proxyKind = 'enumerator';
  readonly #inner: EnumWbemClassObject<T>;
  readonly #ledger: ProxyLedger;
  readonly #label: string;

  private constructor(inner: EnumWbemClassObject<T>, ledger: ProxyLedger, label: string) {
    this.#inner = inner;
    this.#ledger = ledger;
    this.#label = label;
  }

  static async over<T extends CimObject>(
    inner: EnumWbemClassObject<T>,
    ledger: ProxyLedger,
    label: string,
  ): Promise<SecuredEnumerator<T>> {
    return new SecuredEnumerator(await ledger.enter(inner, label), ledger, label);
  }

  get status(): number {
    return this.#inner.status;
  }

  setBlanket(request: BlanketRequest): void {
    this.#ledger.change(this.#inner, request);
  }

  queryBlanket(): Blanket {
    return this.#inner.queryBlanket();
  }

  next(count: number, options?: CallOptions): Promise<EnumBatch<T>> {
    return this.#inner.next(count, options);
  }

  reset(): Promise<void> {
    return this.#inner.reset();
  }

  skip(count: number, options?: CallOptions): Promise<void> {
    return this.#inner.skip(count, options);
  }

  async clone(): Promise<EnumWbemClassObject<T>> {
    return SecuredEnumerator.over(await this.#inner.clone(), this.#ledger, this.#label);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    try {
      yield* this.#inner;
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ledger.leave(this.#inner);
    await this.#inner[Symbol.asyncDispose]();
  }
}
