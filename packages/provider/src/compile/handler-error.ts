import { failed, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';

/** Where an error happened, for `__ExtendedStatus`. */
export interface ErrorPlace {
  readonly provider: string;
  /** The SDK's name of the call, `ExecMethod`. */
  readonly operation: string;
  /** What it was about, such as `Acme_Door.Lock`. */
  readonly subject: string;
}

/** What the system calls of a handler fail with. */
const SYSTEM_ERRORS: ReadonlyMap<string, number> = new Map([
  ['EACCES', WbemStatus.WBEM_E_ACCESS_DENIED],
  ['EPERM', WbemStatus.WBEM_E_ACCESS_DENIED],
  ['ENOENT', WbemStatus.WBEM_E_NOT_FOUND],
  ['EEXIST', WbemStatus.WBEM_E_ALREADY_EXISTS],
  ['ETIMEDOUT', WbemStatus.WBEM_E_TIMED_OUT],
  ['ENOMEM', WbemStatus.WBEM_E_OUT_OF_MEMORY],
]);

/**
 * What a handler threw, as the status that the caller gets, with its `__ExtendedStatus`. Only errors that were meant
 * for callers keep their words; those of others may tell what callers must not know.
 * @see docs/rules.md 4.6
 */
export function handlerError(place: ErrorPlace, cause: unknown): WbemError {
  if (cause instanceof WbemError && !failed(cause.hresult)) return cause;
  const hresult = statusOf(cause);
  const message =
    cause instanceof WmisecError && cause.hresult === hresult
      ? cause.message
      : `the provider ${place.provider} failed in ${place.operation} of ${place.subject}`;
  return new WbemError(hresult, message, {
    cause,
    extendedStatus: extendedStatus(place, hresult, message, cause),
    ...(cause instanceof WmisecError && { refusal: cause.refusal }),
  });
}

function statusOf(cause: unknown): number {
  if (cause instanceof WmisecError && cause.hresult !== undefined && failed(cause.hresult))
    return cause.hresult;
  const { name, code } = Object(cause) as { readonly name?: unknown; readonly code?: unknown };
  if (name === 'AbortError') return WbemStatus.WBEM_E_CALL_CANCELLED;
  return SYSTEM_ERRORS.get(String(code)) ?? WbemStatus.WBEM_E_PROVIDER_FAILURE;
}

function extendedStatus(
  { provider, operation, subject }: ErrorPlace,
  StatusCode: number,
  Description: string,
  cause: unknown,
): Readonly<Record<string, unknown>> {
  const own = cause instanceof WbemError ? cause.extendedStatus : undefined;
  return {
    ProviderName: provider,
    Operation: operation,
    ParameterInfo: subject,
    StatusCode,
    Description,
    ...own,
  };
}
