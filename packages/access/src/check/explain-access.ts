import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { PrivilegeName } from '../token/privilege-name.ts';
import { privilegeState } from '../token/privilege-state.ts';
import type { Token } from '../token/token.ts';
import type { AccessResult } from './access-result.ts';
import { AccessRight } from './access-rights.ts';
import { decide, requireMappedMask } from './decide.ts';
import type { AceStep, Explanation, ExplanationStep, PrivilegeStep } from './explanation.ts';
import { findFlip } from './find-flip.ts';
import { type CheckOptions, type PreparedDescriptor, prepareDescriptor } from './prepare-descriptor.ts';
import { type PreparedToken, prepareToken } from './prepare-token.ts';
import { StepRecorder } from './record-steps.ts';
import { reachVerdict } from './verdict.ts';
import type { Verdict } from './verdict-cache.ts';

/**
 * `checkAccess` with its reasons: the same walk, written down. For people and for tests; a check that only
 * needs the answer is many times faster.
 * @throws WmisecError as `checkAccess` does.
 * @see docs/rules.md 12.3
 */
export function explainAccess(
  sd: SecurityDescriptor,
  token: Token,
  desired: number,
  options: CheckOptions = {},
): Explanation {
  requireMappedMask(desired);
  const descriptor = prepareDescriptor(sd, options);
  const prepared = prepareToken(token);
  const recorder = new StepRecorder(descriptor);
  const verdict = reachVerdict(descriptor, prepared, recorder);
  const result = decide(descriptor, verdict, desired);
  const steps = [
    ...mandatorySteps(descriptor, prepared, verdict, desired),
    ...privilegeSteps(token, desired),
    ...noDaclSteps(sd),
    ...recorder.steps(),
  ];
  const missing = result.granted ? 0 : missingOf(descriptor, verdict, desired);
  const deciding = decidingAce(steps, result, desired, verdict);
  const flip = findFlip({ sd, token, desired, options, result, missing, deciding });
  return { ...result, desired, missing, steps, deciding, flip };
}

const PRIVILEGES: readonly (readonly [PrivilegeName, number])[] = [
  ['SeSecurityPrivilege', AccessRight.AccessSystemSecurity],
  ['SeTakeOwnershipPrivilege', AccessRight.WriteOwner],
  ['SeRelabelPrivilege', AccessRight.WriteOwner],
];

function privilegeSteps(token: Token, desired: number): PrivilegeStep[] {
  return PRIVILEGES.filter(([, mask]) => (desired & mask) !== 0).map(([privilege, mask]) => {
    const state = privilegeState(token, privilege);
    return { kind: 'privilege', privilege, state, granted: state === 'enabled' ? mask : 0 };
  });
}

function mandatorySteps(
  { mandatory }: PreparedDescriptor,
  { integrity }: PreparedToken,
  { permitted }: Verdict,
  desired: number,
): ExplanationStep[] {
  const maximum = (desired & AccessRight.MaximumAllowed) !== 0;
  const taken = ((maximum ? -1 : desired) & ~permitted) >>> 0;
  if (taken === 0) return [];
  return [{ kind: 'mandatory', tokenLevel: integrity, objectLevel: mandatory.level, taken }];
}

function noDaclSteps({ dacl }: SecurityDescriptor): ExplanationStep[] {
  return dacl.kind === 'list' ? [] : [{ kind: 'no-dacl', dacl: dacl.kind }];
}

function missingOf(descriptor: PreparedDescriptor, verdict: Verdict, desired: number): number {
  const named = desired & ~AccessRight.MaximumAllowed;
  const fromDacl = descriptor.open ? -1 : verdict.allowed[0]!;
  const available = (fromDacl & ~AccessRight.AccessSystemSecurity) | verdict.privileged;
  return (named & ~(available & verdict.permitted)) >>> 0;
}

/** A denial is settled by the first entry that denies a desired right, a grant by the last that gives one. */
function decidingAce(
  steps: readonly ExplanationStep[],
  { granted }: AccessResult,
  desired: number,
  { privileged }: Verdict,
): AceStep | null {
  const maximum = (desired & AccessRight.MaximumAllowed) !== 0;
  const wanted = maximum ? -1 : desired & ~privileged;
  const effect = granted ? 'granted' : 'denied';
  const settles = (step: ExplanationStep): step is AceStep =>
    step.kind === 'ace' && step.effect === effect && (step.bits & wanted) !== 0;
  return (granted ? steps.findLast(settles) : steps.find(settles)) ?? null;
}
