import type { Condition } from '../descriptor/condition.ts';
import { MAX_CONDITION_OPERATORS } from '../descriptor/condition-tokens.ts';
import type { Sid } from '../sid/sid.ts';
import { EXISTS_WORDS, MEMBERSHIP_WORDS } from './condition-words.ts';
import { formatOperand } from './format-operand.ts';
import { inexpressible } from './inexpressible.ts';

/**
 * A conditional expression as Windows prints it, without the parentheses around it all: the sides of `&&` and
 * `||` are in parentheses, whatever binds more.
 * @throws WmisecError `SDDL_INEXPRESSIBLE`
 */
export function formatCondition(condition: Condition, domain: Sid | undefined, depth = 0): string {
  if (depth > MAX_CONDITION_OPERATORS) throw inexpressible('a condition of such a depth');
  const inner = (operand: Condition) => `(${formatCondition(operand, domain, depth + 1)})`;
  switch (condition.kind) {
    case 'and':
      return `${inner(condition.left)} && ${inner(condition.right)}`;
    case 'or':
      return `${inner(condition.left)} || ${inner(condition.right)}`;
    case 'not':
      return `!${inner(condition.operand)}`;
    case 'exists':
    case 'notExists':
      if (condition.operand.kind !== 'attribute') throw inexpressible('the existence of a literal');
      return `${EXISTS_WORDS[condition.kind]} ${formatOperand(condition.operand, domain)}`;
    case 'member':
      if (isLocal(condition.operand)) throw inexpressible('a membership by a local attribute');
      return `${MEMBERSHIP_WORDS[condition.operator]} ${formatOperand(condition.operand, domain)}`;
    case 'relation':
      return formatRelation(condition, domain);
    case 'operand':
      if (condition.operand.kind !== 'attribute') throw inexpressible('a literal as a condition');
      return formatOperand(condition.operand, domain);
  }
}

function formatRelation(relation: Condition & { kind: 'relation' }, domain: Sid | undefined): string {
  const { left, operator, right } = relation;
  if (left.kind !== 'attribute') throw inexpressible('a literal on the left of a relation');
  if (isLocal(right)) throw inexpressible('a local attribute on the right of a relation');
  return `${formatOperand(left, domain)} ${operator} ${formatOperand(right, domain)}`;
}

function isLocal(operand: (Condition & { kind: 'operand' })['operand']): boolean {
  return operand.kind === 'attribute' && operand.source === 'local';
}
