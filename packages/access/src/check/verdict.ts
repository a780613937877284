import { AccessRight } from './access-rights.ts';
import { type ConditionContext, conditionContext } from './condition/condition-context.ts';
import { evaluateCondition } from './condition/evaluate-condition.ts';
import { EVERYTHING } from './mandatory-rules.ts';
import type { PreparedDescriptor } from './prepare-descriptor.ts';
import type { PreparedToken } from './prepare-token.ts';
import type { Recorder } from './recorder.ts';
import { walkDacl } from './walk-dacl.ts';

/**
 * All that a descriptor says about a token. It does not depend on what is asked: because the first entry to
 * name a bit decides it, one walk answers every question.
 */
export interface Verdict {
  /** What no mandatory rule takes away. */
  readonly permitted: number;
  /** Rights that a privilege gives when they are asked for by name. */
  readonly privileged: number;
  /** What the DACL and the owner's rights allow, for each node. */
  readonly allowed: readonly number[];
}

/** The verdict of a pair, reached once; with a recorder it is reached again and written down. */
export function verdictOf(
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  recorder?: Recorder,
): Verdict {
  if (recorder !== undefined) return reachVerdict(descriptor, token, recorder);
  let verdict = descriptor.verdicts.get(token);
  if (verdict === undefined) {
    verdict = reachVerdict(descriptor, token, undefined);
    descriptor.verdicts.set(token, verdict);
  }
  return verdict;
}

function reachVerdict(
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  recorder: Recorder | undefined,
): Verdict {
  const context = conditionContext(descriptor, token);
  const permitted = permittedByMandatoryRules(descriptor, token, context);
  recorder?.mandatory(permitted);
  const allowed = descriptor.open ? [EVERYTHING] : allowedByDacl(descriptor, token, context, recorder);
  return { permitted, privileged: rightsFromPrivileges(token), allowed };
}

function permittedByMandatoryRules(
  { mandatory }: PreparedDescriptor,
  token: PreparedToken,
  context: ConditionContext,
): number {
  let permitted = mandatory.allowedUntrusted;
  for (const { ace, mask } of mandatory.filters) {
    const passes = ace.condition !== undefined && evaluateCondition(ace.condition, context, false) === true;
    if (!passes) permitted &= mask;
  }
  if (token.integrity < mandatory.level)
    permitted &= mandatory.allowedBelow | (token.canRelabel ? AccessRight.WriteOwner : 0);
  return permitted >>> 0;
}

/** @see docs/rules.md 12.3; SeRelabelPrivilege gives WRITE_OWNER on Windows, though [MS-DTYP] 2.5.3.2 is silent. */
function rightsFromPrivileges({ canReadSacl, canTakeOwnership, canRelabel }: PreparedToken): number {
  return (
    (canReadSacl ? AccessRight.AccessSystemSecurity : 0) |
    (canTakeOwnership || canRelabel ? AccessRight.WriteOwner : 0)
  );
}

/** A restricted token has what both of its walks allow. */
function allowedByDacl(
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  context: ConditionContext,
  recorder: Recorder | undefined,
): readonly number[] {
  const allowed = walkDacl(descriptor, token.sids, context, recorder?.walk('token'));
  if (token.restricted === null) return allowed;
  const restricted = walkDacl(descriptor, token.restricted, context, recorder?.walk('restricted'));
  return allowed.map((mask, node) => mask & restricted[node]!);
}
