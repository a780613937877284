import {
  type CimInstance,
  CimType,
  type EnumBatch,
  type EnumWbemClassObject,
  type PropertyBag,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { WatchedConnection } from './watched-connection.ts';

/** A connection whose subscriptions get what a test gives them. */
export class FakeConnection implements WatchedConnection, AsyncDisposable {
  /** What the next calls of `reconnect` do; when none is left they succeed. */
  readonly failures: Error[] = [];
  readonly log: string[] = [];
  #batches: (EnumBatch<CimInstance> | Error)[] = [];
  #ring: () => void = () => {};

  readonly services = {
    execNotificationQuery: async (): Promise<EnumWbemClassObject> => {
      this.log.push('subscribe');
      return {
        next: (_: number, options: { signal?: AbortSignal } = {}) => this.#next(options.signal),
        [Symbol.asyncDispose]: async () => void this.log.push('unsubscribe'),
      } as unknown as EnumWbemClassObject;
    },
  };

  async reconnect(): Promise<FakeConnection> {
    this.log.push('reconnect');
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.log.push('dispose');
  }

  /** @param status `WBEM_S_PARTIAL_RESULTS` when the server lost some before it. */
  raise(properties: PropertyBag, status: number = WbemStatus.WBEM_S_NO_ERROR): void {
    this.#give({ objects: [event(properties)], status, done: false });
  }

  lose(error: Error): void {
    this.#give(error);
  }

  #give(batch: EnumBatch<CimInstance> | Error): void {
    this.#batches.push(batch);
    this.#ring();
  }

  async #next(signal: AbortSignal | undefined): Promise<EnumBatch<CimInstance>> {
    while (this.#batches.length === 0) {
      if (signal?.aborted) throw new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED);
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    const batch = this.#batches.shift()!;
    if (batch instanceof Error) throw batch;
    return batch;
  }
}

export function event(properties: PropertyBag, className = 'Acme_Alarm'): CimInstance {
  const shapes = Object.keys(properties).map((name) => ({
    name,
    type: CimType.Uint32,
    isArray: false,
    isKey: false,
  }));
  return {
    kind: 'instance',
    shape: { className, derivation: ['__ExtrinsicEvent', '__Event'], properties: shapes },
    properties,
    path: null,
  };
}
