import { type CimObject, failed, WbemError, WbemStatus } from '@wmisec/wbem';

/**
 * Objects in batches, pulled as they are wanted. Ends by returning a success status: `WBEM_S_NO_ERROR`, or one
 * that tells of missing rows.
 */
export type ObjectBatches<T extends CimObject> = AsyncGenerator<readonly T[], number, void>;

/**
 * The success status that an error stands for, when rows may be missing without failing the whole: a provider
 * ends with one of its own, and a class below the one asked for may fail by itself.
 * @returns null when the error has to be raised.
 * @see docs/rules.md 4.6
 */
export function partialStatus(error: unknown, isDescendant: boolean): number | null {
  if (!(error instanceof WbemError)) return null;
  if (!failed(error.hresult)) return error.hresult;
  if (!isDescendant || ENDS_THE_CALL.has(error.hresult)) return null;
  return error.hresult === WbemStatus.WBEM_E_ACCESS_DENIED
    ? WbemStatus.WBEM_S_ACCESS_DENIED
    : WbemStatus.WBEM_S_PARTIAL_RESULTS;
}

const ENDS_THE_CALL: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_CALL_CANCELLED,
  WbemStatus.WBEM_E_TIMED_OUT,
  WbemStatus.WBEM_E_SHUTTING_DOWN,
]);
