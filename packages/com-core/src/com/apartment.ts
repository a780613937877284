import { WbemError } from '@wmisec/wbem';
import type { Native } from '../raw/native.ts';

/**
 * Keeps the process's multithreaded apartment alive: every thread that has not chosen an apartment of its
 * own, this one and the call threads included, belongs to it until disposal.
 */
export class Apartment implements Disposable {
  readonly #native: Native;
  #cookie: number | undefined;

  /** @throws WbemError when COM refuses, `E_OUTOFMEMORY` for instance. */
  constructor(native: Native) {
    this.#native = native;
    using cookie = native.memory.alloc(8);
    const hresult = native.ole32.CoIncrementMTAUsage(cookie.ptr);
    if (hresult !== 0) throw new WbemError(hresult, undefined, { operation: 'CoIncrementMTAUsage' });
    this.#cookie = cookie.pointer();
  }

  [Symbol.dispose](): void {
    if (this.#cookie === undefined) return;
    this.#native.ole32.CoDecrementMTAUsage(this.#cookie as never);
    this.#cookie = undefined;
  }
}
