import type { Principal } from '@wmisec/access';
import { type CallOptions, WbemError, WbemStatus } from '@wmisec/wbem';
import { followSignals } from '../server/follow-signals.ts';
import type { ServerCall } from '../server/server-call.ts';
import { callError } from './call-error.ts';

const LONGEST_TIMER = 0x7fff_ffff;

/**
 * Runs one call of a client: as its principal, ended by its signal or its timeout. The timeout covers what `run`
 * awaits; errors get the name of the operation.
 * @param signals that end it too: the service's and the connection's.
 */
export async function withCall<T>(
  operation: string,
  principal: Principal,
  signals: readonly AbortSignal[],
  options: CallOptions | undefined,
  run: (call: ServerCall) => T | Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const cancel = () => end.abort(cancelled(operation));
  const timer = startTimer(operation, options?.timeoutMs, () => end.abort(timedOut(operation)));
  const stopFollowing = followSignals(end, signals);
  options?.signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (options?.signal?.aborted) cancel();
    end.signal.throwIfAborted();
    return await run({ operation, principal, signal: end.signal, context: options?.context ?? {} });
  } catch (error) {
    throw callError(error, operation);
  } finally {
    clearTimeout(timer);
    stopFollowing();
    options?.signal?.removeEventListener('abort', cancel);
  }
}

function startTimer(
  operation: string,
  timeoutMs: number | undefined,
  onTime: () => void,
): NodeJS.Timeout | undefined {
  if (timeoutMs === undefined) return undefined;
  if (!(timeoutMs >= 0))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_PARAMETER,
      `expected a timeout of 0 milliseconds or more, got ${timeoutMs}`,
      { operation },
    );
  return timeoutMs > LONGEST_TIMER ? undefined : setTimeout(onTime, timeoutMs);
}

function timedOut(operation: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_TIMED_OUT, `${operation} did not end in time`, { operation });
}

function cancelled(operation: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, `${operation} was cancelled`, { operation });
}
