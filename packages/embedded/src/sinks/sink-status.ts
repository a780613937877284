import type { SinkStatus } from '@wmisec/wbem';
import { callError } from '../proxies/call-error.ts';

const MOST = 0xffff;

/** How a call ended that succeeded. @param text the path of a written instance. */
export function completed(status: number, text: string | null = null): SinkStatus {
  return { kind: 'complete', status, text, extendedStatus: null };
}

/** How a call ended that failed, with what a caller who waits would be told. */
export function failure(error: unknown, operation: string): SinkStatus {
  const { hresult, message, extendedStatus } = callError(error, operation);
  const told = { Operation: operation, Description: message, StatusCode: hresult, ...extendedStatus };
  return { kind: 'complete', status: hresult, text: null, extendedStatus: told };
}

/** How far a call has come, in objects; both numbers stop at 65,535. */
export function progress(total: number, done: number): SinkStatus {
  const status = ((Math.min(total, MOST) << 16) | Math.min(done, MOST)) >>> 0;
  return { kind: 'progress', status, text: null, extendedStatus: null };
}
