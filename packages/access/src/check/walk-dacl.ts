import { Membership } from '../token/group-membership.ts';
import type { ConditionContext } from './condition/condition-context.ts';
import { evaluateCondition } from './condition/evaluate-condition.ts';
import { allowAt, denyAt, type NodeAccess, noAccess } from './node-access.ts';
import type { PreparedDescriptor, Rule } from './prepare-descriptor.ts';
import type { SidSet } from './prepare-token.ts';
import type { WalkRecorder } from './recorder.ts';

/**
 * Reads the entries of a DACL in order: the first to name a bit decides it. The owner's own rights count
 * before any entry.
 * @returns what is allowed, for each node of the tree.
 * @see docs/rules.md 12.3, [MS-DTYP] 2.5.3.2, whose MAXIMUM_ALLOWED takes denied bits away in any order;
 *   Windows goes by order
 */
export function walkDacl(
  descriptor: PreparedDescriptor,
  sids: SidSet,
  context: ConditionContext,
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
    else if (!conditionHolds(rule, context, recorder)) recorder?.conditionFailed(rule);
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
function conditionHolds(rule: Rule, context: ConditionContext, recorder: WalkRecorder | undefined): boolean {
  if (!rule.conditional) return true;
  const { condition } = rule.ace;
  const truth =
    condition === undefined
      ? null
      : evaluateCondition(condition, context, !rule.allow, recorder?.terms(rule));
  return truth ?? !rule.allow;
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
