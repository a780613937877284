import { WbemStatus } from '@wmisec/wbem';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface NamespaceRequest {
  /** Such as `root\cimv2`. */
  readonly namespace: string;
}

export interface NamespaceExistence {
  readonly namespaceExists: boolean;
}

/** Gate 5: the namespace is there. @see docs/rules.md 0.3 */
export function namespaceExists(
  _principal: Principal,
  { namespace }: NamespaceRequest,
  state: NamespaceExistence,
): GateOutcome {
  if (state.namespaceExists) return PASSED;
  return refused(WbemStatus.WBEM_E_INVALID_NAMESPACE, 'namespace-exists', {
    missing: [`namespace ${namespace}`],
    fix: `check the spelling of ${namespace}, or create it`,
  });
}
