import { WbemStatus } from '@wmisec/wbem';
import { checkAccess } from '../check/check-access.ts';
import type { GenericMapping } from '../check/generic-mapping.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { PrivilegeName } from '../token/privilege-name.ts';
import { type PrivilegeState, privilegeState } from '../token/privilege-state.ts';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface ProviderRequest {
  /** Privileges that the operation needs enabled. */
  readonly privileges?: readonly PrivilegeName[];
  /** What is asked of the provider's own descriptor, without generic rights; default 0, which asks nothing. */
  readonly desired?: number;
}

export interface ProviderState {
  /** What the provider guards its resource with, when that has no ACL of its own. */
  readonly providerDescriptor?: SecurityDescriptor;
  readonly mapping?: GenericMapping;
}

/**
 * Gate 9: what a provider checks itself.
 * @see docs/rules.md 0.3, 4.1
 */
export function providerAccess(
  { name, token }: Principal,
  { privileges = [], desired = 0 }: ProviderRequest,
  { providerDescriptor, mapping }: ProviderState,
): GateOutcome {
  const missing = privileges.filter((privilege) => privilegeState(token, privilege) !== 'enabled');
  if (missing.length > 0)
    return refused(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD, 'provider', {
      missing,
      fix: missing.map((privilege) => remedy(privilege, name, privilegeState(token, privilege))).join('; '),
    });
  if (providerDescriptor === undefined || desired === 0) return PASSED;
  if (checkAccess(providerDescriptor, token, desired, mapping && { mapping }).granted) return PASSED;
  const rights = `0x${desired.toString(16).toUpperCase()}`;
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'provider', {
    missing: [rights],
    fix: `grant ${rights} to ${name} in the descriptor of the provider`,
  });
}

/** Nobody can enable for the caller what the account does not hold, and only the caller what it does. */
function remedy(privilege: PrivilegeName, name: string, state: PrivilegeState): string {
  if (state === 'disabled')
    return `${name} holds ${privilege} but has not enabled it: enable it for the call`;
  return `${name} does not hold ${privilege}: have an administrator grant it, then log on again`;
}
