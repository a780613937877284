import { ParseError, WbemError, WbemStatus } from '@wmisec/wbem';

/**
 * What a client is told of an error: a WbemError with the name of the call. Text that could not be read keeps
 * its ParseError as the cause; a fault of the service itself shows nothing of its inside.
 */
export function callError(error: unknown, operation: string): WbemError {
  if (error instanceof WbemError) return error.operation === undefined ? named(error, operation) : error;
  if (error instanceof ParseError) {
    const status = WbemStatus[error.code as keyof typeof WbemStatus] ?? WbemStatus.WBEM_E_INVALID_PARAMETER;
    return new WbemError(status, error.message, { operation, cause: error });
  }
  return new WbemError(WbemStatus.WBEM_E_FAILED, `${operation} failed inside the service`, {
    operation,
    cause: error,
  });
}

function named(error: WbemError, operation: string): WbemError {
  const { hresult, message, refusal, extendedStatus, cause } = error;
  return new WbemError(hresult, message, { operation, refusal, extendedStatus, cause });
}
