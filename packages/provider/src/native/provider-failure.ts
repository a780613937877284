import { type Provider, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';

/**
 * What a call ends with when the provider throws: a WbemError as it is, anything else as `WBEM_E_PROVIDER_FAILURE`,
 * whose message tells nothing of the cause.
 */
export function providerFailure({ name }: Provider, operation: string, cause: unknown): WbemError {
  if (cause instanceof WbemError) return cause;
  const reason = cause instanceof WmisecError ? ` with ${cause.code}` : '';
  return new WbemError(
    WbemStatus.WBEM_E_PROVIDER_FAILURE,
    `the provider ${name} failed${reason} during ${operation}`,
    { operation, cause },
  );
}
