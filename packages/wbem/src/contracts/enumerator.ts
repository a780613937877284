import type { CimInstance, CimObject } from '../cim/objects.ts';
import type { CallOptions } from './call-options.ts';
import type { SecurableProxy } from './securable-proxy.ts';

export interface EnumBatch<T> {
  readonly objects: readonly T[];
  /** True when nothing follows. */
  readonly done: boolean;
  /** A success status: `WBEM_S_NO_ERROR`, or one that tells of missing rows, `WBEM_S_ACCESS_DENIED`. */
  readonly status: number;
}

/**
 * The rows of a query or an enumeration, `IEnumWbemClassObject`. Iterating disposes it at the end.
 */
export interface EnumWbemClassObject<T extends CimObject = CimInstance>
  extends SecurableProxy,
    AsyncIterable<T>,
    AsyncDisposable {
  /** The status of the last batch; `WBEM_S_NO_ERROR` before the first. */
  readonly status: number;
  /** Up to `count` objects; fewer only with `done`. */
  next(count: number, options?: CallOptions): Promise<EnumBatch<T>>;
  reset(): Promise<void>;
  /** Leaves out the next `count` objects. */
  skip(count: number, options?: CallOptions): Promise<void>;
  clone(): Promise<EnumWbemClassObject<T>>;
}
