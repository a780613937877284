import { AccessRight } from './access-rights.ts';
import { conditionContext } from './condition/condition-context.ts';
import { evaluateCondition } from './condition/evaluate-condition.ts';
import { allowedBelow, allowedByMask } from './mandatory-rules.ts';
import type { PreparedDescriptor } from './prepare-descriptor.ts';
import type { PreparedToken } from './prepare-token.ts';
import type { Recorder } from './recorder.ts';
import type { Verdict } from './verdict-cache.ts';
import { walkDacl } from './walk-dacl.ts';

const EVERYTHING: readonly number[] = [-1];

/** The verdict of a pair, reached once and kept. */
export function keptVerdict(descriptor: PreparedDescriptor, token: PreparedToken): Verdict {
  const kept = descriptor.verdicts.get(token);
  if (kept !== undefined) return kept;
  const verdict = reachVerdict(descriptor, token);
  descriptor.verdicts.set(token, verdict);
  return verdict;
}

/** Reaches a verdict; a recorder is told how. */
export function reachVerdict(
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  recorder?: Recorder,
): Verdict {
  return {
    permitted: permittedByMandatoryRules(descriptor, token),
    privileged: rightsFromPrivileges(token),
    allowed: descriptor.open ? EVERYTHING : allowedByDacl(descriptor, token, recorder),
  };
}

function permittedByMandatoryRules(descriptor: PreparedDescriptor, token: PreparedToken): number {
  const { level, policy, untrusted, filters } = descriptor.mandatory;
  const { mapping } = descriptor.options;
  let permitted = untrusted === null ? -1 : allowedByMask(untrusted, mapping);
  for (const { condition, mask } of filters) {
    const passes =
      condition !== undefined &&
      evaluateCondition(condition, conditionContext(descriptor, token), false) === true;
    if (!passes) permitted &= allowedByMask(mask, mapping);
  }
  if (token.integrity < level)
    permitted &= allowedBelow(policy, mapping) | (token.canRelabel ? AccessRight.WriteOwner : 0);
  return permitted;
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
  recorder: Recorder | undefined,
): readonly number[] {
  const allowed = walkDacl(descriptor, token, token.sids, recorder?.walk('token'));
  if (token.restricted === null) return allowed;
  const restricted = walkDacl(descriptor, token, token.restricted, recorder?.walk('restricted'));
  return allowed.map((mask, node) => mask & restricted[node]!);
}
