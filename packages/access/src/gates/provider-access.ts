import { WbemStatus } from '@wmisec/wbem';
import { checkPrepared } from '../check/check-access.ts';
import { explainAccess } from '../check/explain-access.ts';
import type { GenericMapping } from '../check/generic-mapping.ts';
import { type PreparedDescriptor, prepareDescriptor } from '../check/prepare-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { PrivilegeName } from '../token/privilege-name.ts';
import { type PrivilegeState, privilegeState } from '../token/privilege-state.ts';
import { type GateOutcome, PASSED } from './gate.ts';
import { preparedToken } from './prepared-token.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface ProviderRequest {
  /** Privileges that the operation needs enabled. */
  readonly privileges?: readonly PrivilegeName[];
  /** What is asked of the provider's own descriptor, without generic rights; default 0, which asks nothing. */
  readonly desired?: number;
}

export interface ProviderState {
  /** What the provider guards its resource with, when that has no ACL of its own; prepare it once where calls are many. */
  readonly providerDescriptor?: SecurityDescriptor | PreparedDescriptor;
  /** Of a descriptor that is not prepared. */
  readonly mapping?: GenericMapping;
  /** Names the rights of a mask. Default: in hex. */
  readonly rightNames?: (mask: number) => readonly string[];
}

/**
 * Gate 9: what a provider checks itself.
 * @see docs/rules.md 0.3, 4.1
 */
export function providerAccess(
  { name, token }: Pick<Principal, 'name' | 'token'>,
  { privileges = [], desired = 0 }: ProviderRequest,
  { providerDescriptor, mapping, rightNames = hexRights }: ProviderState,
): GateOutcome {
  const lacking = privileges.filter((privilege) => privilegeState(token, privilege) !== 'enabled');
  if (lacking.length > 0)
    return refused(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD, 'provider', {
      missing: lacking,
      fix: lacking.map((privilege) => remedy(privilege, name, privilegeState(token, privilege))).join('; '),
    });
  if (providerDescriptor === undefined || desired === 0) return PASSED;
  const descriptor = prepared(providerDescriptor, mapping);
  if (checkPrepared(descriptor, preparedToken(token), desired).granted) return PASSED;
  const { missing, deciding } = explainAccess(descriptor.source, token, desired, descriptor.options);
  const rights = rightNames(missing);
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'provider', {
    missing: rights,
    ace: deciding === null ? null : { index: deciding.index, sddl: deciding.sddl ?? '' },
    fix: `grant ${rights.join(' and ')} to ${name} in the descriptor of the provider`,
  });
}

function prepared(
  descriptor: SecurityDescriptor | PreparedDescriptor,
  mapping: GenericMapping | undefined,
): PreparedDescriptor {
  return 'rules' in descriptor ? descriptor : prepareDescriptor(descriptor, mapping && { mapping });
}

function hexRights(mask: number): string[] {
  return [`0x${mask.toString(16).toUpperCase()}`];
}

/** Nobody can enable for the caller what the account does not hold, and only the caller what it does. */
function remedy(privilege: PrivilegeName, name: string, state: PrivilegeState): string {
  if (state === 'disabled')
    return `${name} holds ${privilege} but has not enabled it: enable it for the call`;
  return `${name} does not hold ${privilege}: have an administrator grant it, then log on again`;
}
