import { failed, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IWbemCallResult } from '../raw/interfaces/client.ts';
import type { Ptr } from '../raw/pointer.ts';
import type { ProxyBlanket } from './proxy-blanket.ts';

type Result = ComPointer<typeof IWbemCallResult>;

/**
 * Waits for a semisynchronous call, slice by slice.
 * @throws WbemError the call's failure with its `__ExtendedStatus`, or what ends the limit.
 */
export async function settle(com: Com, result: Result, limit: CallLimit, operation: string): Promise<void> {
  using out = com.native.memory.alloc(16);
  for (;;) {
    const waited = com.check(await result.send('GetCallStatus', limit.slice, out.ptr), operation);
    limit.check();
    if (waited !== WbemStatus.WBEM_S_TIMEDOUT) break;
  }
  const status = out.view.getUint32(0, true);
  if (!failed(status)) return;
  // The failure came as data; asking for the object makes it a failed call, which brings the error object.
  com.check(await result.send('GetResultObject', 0, out.at(8)), operation);
  throw new WbemError(status, undefined, { operation });
}

/**
 * Gives a call result the blanket of the proxy that made it, since blankets do not pass on by themselves.
 * @throws WmisecError `BLANKET_TOO_WEAK` when less is in force on it than on that proxy.
 * @see docs/rules.md 2.1
 */
export function passBlanket({ from, proxy, to, result }: BlanketPassage): void {
  if (from.asked === undefined) return;
  to.set(result, from.asked);
  const [wanted, inForce] = [from.query(proxy), to.query(result)];
  if (inForce.authnLevel >= wanted.authnLevel && inForce.impLevel === wanted.impLevel) return;
  throw new WmisecError('BLANKET_TOO_WEAK', 'a call result is less secure than the services proxy behind it');
}

interface BlanketPassage {
  readonly from: ProxyBlanket;
  readonly proxy: Ptr<'IWbemServices'>;
  readonly to: ProxyBlanket;
  readonly result: Ptr<'IWbemCallResult'>;
}
