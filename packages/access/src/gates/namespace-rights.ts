import { WbemStatus } from '@wmisec/wbem';
import type { AccessResult } from '../check/access-result.ts';
import { AccessRight } from '../check/access-rights.ts';
import { checkPrepared } from '../check/check-access.ts';
import { explainAccess } from '../check/explain-access.ts';
import {
  type CheckOptions,
  type PreparedDescriptor,
  prepareDescriptor,
} from '../check/prepare-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import {
  NAMESPACE_FULL_CONTROL,
  NAMESPACE_MAPPING,
  namespaceRightNames,
} from '../namespace/namespace-rights.ts';
import { type GateOutcome, PASSED } from './gate.ts';
import { type NamespaceOperation, requiredRights, type WriteTarget } from './operation-rights.ts';
import { preparedToken } from './prepared-token.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface NamespaceRightsRequest {
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  readonly operation: NamespaceOperation;
  /** What a write is aimed at; default `static`. */
  readonly target?: WriteTarget;
}

export interface NamespaceRightsState {
  /** In force on the namespace, inherited entries included; prepare it once where calls are many. */
  readonly descriptor: SecurityDescriptor | PreparedDescriptor;
}

/**
 * Makes a namespace's descriptor ready for many calls. The owner has no rights beyond the entries: on a
 * namespace only the DACL counts, and SetSD insists on an owner because an access check needs one. This is the
 * one place where the owner's two bits of docs/rules.md 12.3 are turned off.
 * @throws WmisecError `ERROR_INVALID_SECURITY_DESCR` without owner or group.
 * @see docs/rules.md 9.3, 12.3
 */
export function prepareNamespaceDescriptor(descriptor: SecurityDescriptor): PreparedDescriptor {
  return prepareDescriptor(descriptor, NAMESPACE_CHECK);
}

const NAMESPACE_CHECK: CheckOptions = { mapping: NAMESPACE_MAPPING, implicitOwner: false };

/**
 * Gate 8: the DACL of the namespace grants what the operation needs.
 * @see docs/rules.md 14
 */
export function namespaceRights(
  principal: Principal,
  { namespace, operation, target = 'static' }: NamespaceRightsRequest,
  state: NamespaceRightsState,
): GateOutcome {
  const needed = requiredRights(operation, target, principal.remote);
  const descriptor = prepared(state.descriptor);
  if (check(descriptor, principal, needed).granted) return PASSED;
  const { missing, deciding, flip } = explainAccess(
    descriptor.source,
    principal.token,
    needed,
    NAMESPACE_CHECK,
  );
  const names = namespaceRightNames(missing);
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'namespace-rights', {
    missing: names,
    ace: deciding === null ? null : { index: deciding.index, sddl: deciding.sddl ?? '' },
    fix:
      flip?.kind === 'remove-ace'
        ? `${flip.text} of ${namespace}`
        : `grant ${names.join(' and ')} to ${userOf(principal)} on ${namespace}`,
  });
}

/**
 * What `GetCallerAccessRights` answers: all that the caller has, a mask of `NamespaceRight`.
 * @see docs/rules.md 9.3
 */
export function callerAccessRights(principal: Principal, { descriptor }: NamespaceRightsState): number {
  return maximum(prepared(descriptor), principal);
}

function prepared(descriptor: SecurityDescriptor | PreparedDescriptor): PreparedDescriptor {
  return 'rules' in descriptor ? descriptor : prepareNamespaceDescriptor(descriptor);
}

function check(descriptor: PreparedDescriptor, { token }: Principal, desired: number): AccessResult {
  return checkPrepared(descriptor, preparedToken(token), desired);
}

function maximum(descriptor: PreparedDescriptor, principal: Principal): number {
  return check(descriptor, principal, AccessRight.MaximumAllowed).mask & NAMESPACE_FULL_CONTROL;
}

function userOf({ token }: Principal): string {
  return typeof token.user === 'string' ? token.user : token.user.sid;
}
