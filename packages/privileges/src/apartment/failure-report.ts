import { WbemError, WmisecError } from '@wmisec/wbem';
import type { FailureReport } from './apartment-messages.ts';

/** What of an error travels between threads: no stack, no cause. */
export function failureReport(error: unknown): FailureReport {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof WmisecError)) return { code: 'APARTMENT_BODY_FAILED', message };
  return { code: error.code, message, hresult: error.hresult };
}

/** The error that a report stands for. */
export function errorOf({ code, message, hresult }: FailureReport): WmisecError {
  const error = hresult === undefined ? undefined : new WbemError(hresult, message);
  return error?.code === code ? error : new WmisecError(code, message, { hresult });
}
