import type { Refused } from '@wmisec/access';
import { ComStatus, WbemError, WbemStatus } from '@wmisec/wbem';

const REFUSALS: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_ACCESS_DENIED,
  WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD,
  ComStatus.E_ACCESSDENIED,
]);

/**
 * An error as a refusal of the gate that it came from, with what the error itself says is missing.
 * @returns null for an error that is no refusal.
 * @see docs/rules.md 0.3
 */
export function errorRefusal(gate: 'provider' | 'logon', error: unknown): Refused | null {
  if (!(error instanceof WbemError) || !REFUSALS.has(error.hresult)) return null;
  const { missing = [], ace = null, fix = null } = error.refusal ?? {};
  return { passed: false, status: error.hresult, refusal: { gate, missing, ace, fix } };
}
