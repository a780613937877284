import { WbemError, WbemStatus } from '@wmisec/wbem';

/** What is stored, and not carried out here: the owner of the service has not allowed it. */
export function notAllowed(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, message);
}

/** What the consumer itself says cannot be done. */
export function cannot(message: string, cause?: unknown): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, message, { cause });
}
