import { ComStatus, WbemError, WbemStatus } from '@wmisec/wbem';

const LOST: ReadonlySet<number> = new Set([
  ComStatus.RPC_S_SERVER_UNAVAILABLE,
  ComStatus.RPC_E_DISCONNECTED,
  WbemStatus.WBEM_E_TRANSPORT_FAILURE,
  WbemStatus.WBEM_E_CONNECTION_FAILED,
  WbemStatus.WBEM_E_SHUTTING_DOWN,
  // RPC_S_CALL_FAILED: the server went away while it answered.
  0x800706be,
]);

/** True for an error after which another connection may help. */
export function isLostConnection(error: unknown): error is WbemError {
  return error instanceof WbemError && LOST.has(error.hresult);
}
