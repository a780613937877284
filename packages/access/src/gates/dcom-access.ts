import { type AuthnLevel, authnLevelName, ComStatus } from '@wmisec/wbem';
import { checkPrepared } from '../check/check-access.ts';
import { explainAccess } from '../check/explain-access.ts';
import { listOf, type PreparedDescriptor, prepareDescriptor } from '../check/prepare-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { type GateOutcome, PASSED } from './gate.ts';
import { preparedToken } from './prepared-token.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

/** `COM_RIGHTS_*`: the bits of launch and access descriptors. @see docs/rules.md 8.2 */
export const ComRight = {
  COM_RIGHTS_EXECUTE: 0x1,
  COM_RIGHTS_EXECUTE_LOCAL: 0x2,
  COM_RIGHTS_EXECUTE_REMOTE: 0x4,
  COM_RIGHTS_ACTIVATE_LOCAL: 0x8,
  COM_RIGHTS_ACTIVATE_REMOTE: 0x10,
} as const;

export interface DcomRequest {
  /** A call on an object that runs, or the activation that makes one. */
  readonly dcom: 'call' | 'activation';
}

export interface DcomState {
  /**
   * Each must let the caller in: the machine's limit and the server's own permission. Absent ones let in; prepare
   * them once where calls are many.
   */
  readonly accessDescriptors: readonly (SecurityDescriptor | PreparedDescriptor)[];
  readonly launchDescriptors: readonly (SecurityDescriptor | PreparedDescriptor)[];
  /** The lowest level at which the server takes calls. */
  readonly minimumAuthnLevel: AuthnLevel;
}

/**
 * Gate 3: DCOM lets the caller in, at a level that the server takes.
 * @see docs/rules.md 0.3, 8.2
 */
export function dcomAccess(principal: Principal, { dcom }: DcomRequest, state: DcomState): GateOutcome {
  if (principal.authnLevel < state.minimumAuthnLevel) return refusedLevel(principal, state.minimumAuthnLevel);
  const descriptors = dcom === 'call' ? state.accessDescriptors : state.launchDescriptors;
  const needed = neededRights(dcom, principal.remote);
  for (const given of descriptors) {
    const descriptor = 'rules' in given ? given : prepareDescriptor(given);
    const desired = isOldStyle(descriptor) ? ComRight.COM_RIGHTS_EXECUTE : needed;
    if (!checkPrepared(descriptor, preparedToken(principal.token), desired).granted)
      return refusedRights(principal, dcom, descriptor, desired);
  }
  return PASSED;
}

function neededRights(dcom: DcomRequest['dcom'], remote: boolean): number {
  const { COM_RIGHTS_EXECUTE, ...where } = ComRight;
  const execute = remote ? where.COM_RIGHTS_EXECUTE_REMOTE : where.COM_RIGHTS_EXECUTE_LOCAL;
  const activate = remote ? where.COM_RIGHTS_ACTIVATE_REMOTE : where.COM_RIGHTS_ACTIVATE_LOCAL;
  return dcom === 'call' ? COM_RIGHTS_EXECUTE | execute : COM_RIGHTS_EXECUTE | activate;
}

/** An ACL of the old style knows COM_RIGHTS_EXECUTE only, which stands for all five. */
function isOldStyle({ source }: PreparedDescriptor): boolean {
  return listOf(source.dacl).every(({ mask }) => mask === ComRight.COM_RIGHTS_EXECUTE);
}

function refusedRights(
  { name, token }: Principal,
  dcom: DcomRequest['dcom'],
  { source }: PreparedDescriptor,
  desired: number,
): GateOutcome {
  const { missing, deciding } = explainAccess(source, token, desired);
  const names = Object.entries(ComRight)
    .filter(([, bit]) => (missing & bit) !== 0)
    .map(([word]) => word);
  const descriptor = dcom === 'call' ? 'access' : 'launch and activation';
  return refused(ComStatus.E_ACCESSDENIED, 'dcom-access', {
    missing: names,
    ace: deciding === null ? null : { index: deciding.index, sddl: deciding.sddl ?? '' },
    fix: `grant ${names.join(' and ')} to ${name} in the DCOM ${descriptor} permissions and limits`,
  });
}

function refusedLevel({ authnLevel }: Principal, minimum: AuthnLevel): GateOutcome {
  return refused(ComStatus.E_ACCESSDENIED, 'dcom-access', {
    missing: [authnLevelName(minimum)],
    fix: `raise the authentication level to ${authnLevelName(minimum)}; the call arrived at ${authnLevelName(authnLevel)}`,
  });
}
