import type { ConditionOperand, MembershipOperator } from '../../descriptor/condition.ts';
import type { Sid } from '../../sid/sid.ts';
import { Membership } from '../../token/group-membership.ts';
import type { ConditionContext } from './condition-context.ts';

/**
 * The Member_of family. In an entry that denies, deny-only groups count.
 * @returns `'error'` for an operand that is not a SID or a list of SIDs, and for an empty list.
 * @see [MS-DTYP] 2.4.4.17.6
 */
export function evaluateMembership(
  operator: MembershipOperator,
  operand: ConditionOperand,
  { sids, deviceSids }: ConditionContext,
  deny: boolean,
): boolean | 'error' {
  const wanted = sidsOf(operand);
  if (wanted === null || wanted.length === 0) return 'error';
  const held = operator.includes('Device_') ? deviceSids : sids;
  const needed = deny ? Membership.Deny : Membership.Allow;
  const isHeld = (sid: Sid) => ((held.get(sid) ?? 0) & needed) !== 0;
  const member = operator.endsWith('_Any') ? wanted.some(isHeld) : wanted.every(isHeld);
  return operator.startsWith('Not_') ? !member : member;
}

function sidsOf(operand: ConditionOperand): readonly Sid[] | null {
  if (operand.kind === 'sid') return [operand.value];
  if (operand.kind !== 'composite') return null;
  const sids: Sid[] = [];
  for (const value of operand.values) {
    if (value.kind !== 'sid') return null;
    sids.push(value.value);
  }
  return sids;
}
