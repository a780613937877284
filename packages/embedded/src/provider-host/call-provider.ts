import { type Provider, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import { raceAbort } from '../server/race-abort.ts';
import type { ServerCall } from '../server/server-call.ts';

/**
 * Runs a provider's code. A WbemError passes as it is; anything else becomes `WBEM_E_PROVIDER_FAILURE`, whose
 * message tells nothing of the cause. The call ends when its time is up, whatever the provider does.
 */
export async function callProvider<T>(
  provider: Provider,
  call: ServerCall,
  run: () => T | PromiseLike<T>,
): Promise<T> {
  try {
    return await raceAbort(call.signal, run);
  } catch (cause) {
    throw providerError(provider, call, cause);
  }
}

export function providerError({ name }: Provider, { operation }: ServerCall, cause: unknown): WbemError {
  if (cause instanceof WbemError) return cause;
  const reason = cause instanceof WmisecError ? ` with ${cause.code}` : '';
  return new WbemError(
    WbemStatus.WBEM_E_PROVIDER_FAILURE,
    `the provider ${name} failed${reason} during ${operation}`,
    { operation, cause, extendedStatus: { ProviderName: name, Operation: operation } },
  );
}

/** @throws WbemError `WBEM_E_PROVIDER_NOT_CAPABLE` when the provider lacks the member. */
export function requireMember<K extends keyof Provider>(
  provider: Provider,
  member: K,
  className: string,
): NonNullable<Provider[K]> {
  const found = provider[member];
  if (found !== undefined) return found;
  throw new WbemError(
    WbemStatus.WBEM_E_PROVIDER_NOT_CAPABLE,
    `the provider ${provider.name} cannot ${VERBS[member] ?? member} instances of ${className}`,
  );
}

const VERBS: Partial<Record<keyof Provider, string>> = {
  enumerate: 'enumerate',
  getInstance: 'look up',
  putInstance: 'write',
  deleteInstance: 'delete',
  execMethod: 'call methods on',
};
