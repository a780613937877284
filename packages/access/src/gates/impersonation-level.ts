import { ImpLevel, impLevelName, WbemStatus } from '@wmisec/wbem';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

/**
 * Gate 6: WMI serves calls at IMPERSONATE and DELEGATE only. The login itself is not asked.
 * @see docs/rules.md 0.3, 1.6
 */
export function impersonationLevel({ impLevel }: Pick<Principal, 'impLevel'>): GateOutcome {
  if (impLevel >= ImpLevel.Impersonate) return PASSED;
  const needed = impLevelName(ImpLevel.Impersonate);
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'impersonation-level', {
    missing: [needed],
    fix: `set the impersonation level of the proxy to ${needed}; the call arrived at ${impLevelName(impLevel)}`,
  });
}
