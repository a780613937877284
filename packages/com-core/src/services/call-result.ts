import { failed, WbemError, WbemStatus } from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import type { IWbemCallResult } from '../raw/interfaces/client.ts';
import type { Ptr } from '../raw/pointer.ts';
import { NativeProxy } from './native-proxy.ts';

/** A native `IWbemCallResult`: a semisynchronous call under way. */
export class NativeCallResult extends NativeProxy<typeof IWbemCallResult> {
  readonly proxyKind = 'callResult';

  /**
   * Waits for the call, slice by slice.
   * @throws WbemError the call's failure with its `__ExtendedStatus`, or what ends the limit.
   */
  async settle(limit: CallLimit, operation: string): Promise<void> {
    using out = this.com.native.memory.alloc(16);
    for (;;) {
      const waited = await this.pointer.send('GetCallStatus', limit.slice, out.ptr);
      const state = this.com.check(waited, operation);
      limit.check();
      if (state !== WbemStatus.WBEM_S_TIMEDOUT) break;
    }
    const status = out.view.getUint32(0, true);
    if (!failed(status)) return;
    // The failure came as data; asking for the object makes it a failed call, which brings the error object.
    this.com.check(await this.pointer.send('GetResultObject', 0, out.at(8)), operation);
    throw new WbemError(status, undefined, { operation });
  }

  /** Takes what a settled call gives, into a place that holds a pointer. */
  take(method: 'GetResultObject' | 'GetResultServices' | 'GetResultString', out: Ptr): Promise<CallOutcome> {
    return this.pointer.send(method, 0, out);
  }
}
