import { Membership } from '../token/group-membership.ts';
import { conditionContext } from './condition/condition-context.ts';
import { evaluateCondition } from './condition/evaluate-condition.ts';
import type { Rule } from './dacl-rules.ts';
import { allowAt, denyAt, type NodeAccess, noAccess } from './node-access.ts';
import type { PreparedDescriptor } from './prepare-descriptor.ts';
import type { PreparedToken, SidSet } from './prepare-token.ts';
import type { WalkRecorder } from './recorder.ts';

/**
 * Reads the entries of a DACL in order: the first to name a bit decides it. The owner's own rights count
 * before any entry.
 * @param sids which of the token's SIDs count: all, or the restricting ones. Conditions ask the whole token.
 * @returns what is allowed, for each node of the tree.
 * @see docs/rules.md 12.3, [MS-DTYP] 2.5.3.2, whose MAXIMUM_ALLOWED takes denied bits away in any order;
 *   Windows goes by order
 */
export function walkDacl(
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  sids: SidSet,
  recorder: WalkRecorder | undefined,
): readonly number[] {
  const { tree, ownerRights, owner, rules } = descriptor;
  const access = noAccess(tree);
  if (ownerRights !== 0 && ((sids.get(owner) ?? 0) & Membership.Allow) !== 0) {
    allowAt(access, tree, 0, ownerRights);
    recorder?.owner(ownerRights);
  }
  for (const rule of rules) {
    if (!matches(rule, sids)) recorder?.unmatched(rule, sids.get(rule.sid));
    else if (rule.conditional && !conditionHolds(rule, descriptor, token, recorder))
      recorder?.conditionFailed(rule);
    else apply(rule, access, descriptor, recorder);
  }
  return access.allowed;
}

function matches({ sid, allow }: Rule, sids: SidSet): boolean {
  const held = sids.get(sid);
  return held !== undefined && (held & (allow ? Membership.Allow : Membership.Deny)) !== 0;
}

/**
 * A condition that is unknown grants nothing and denies what it names. Application data that is no condition
 * is unknown too.
 * @see [MS-DTYP] 2.4.4.17.3
 */
function conditionHolds(
  rule: Rule,
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  recorder: WalkRecorder | undefined,
): boolean {
  const { allow, ace } = rule;
  if (ace.condition === undefined) return !allow;
  const context = conditionContext(descriptor, token);
  return evaluateCondition(ace.condition, context, !allow, recorder?.terms(rule)) ?? !allow;
}

function apply(
  rule: Rule,
  access: NodeAccess,
  { tree }: PreparedDescriptor,
  recorder: WalkRecorder | undefined,
): void {
  const { allow, node, mask } = rule;
  const before = allow ? access.allowed[node]! : access.denied[node]!;
  if (allow) allowAt(access, tree, node, mask);
  else denyAt(access, tree, node, mask);
  recorder?.applied(rule, (allow ? access.allowed[node]! : access.denied[node]!) & ~before);
}
