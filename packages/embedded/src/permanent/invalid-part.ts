import { WbemError, WbemStatus } from '@wmisec/wbem';

/** The error for a part of a subscription that breaks a rule of its class. @see docs/rules.md 9.15 */
export function invalidPart(message: string, cause?: unknown): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, message, { cause });
}
