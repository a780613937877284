import type { Condition, ConditionOperand } from '../../descriptor/condition.ts';
import type { TermRecorder } from '../recorder.ts';
import type { ConditionContext } from './condition-context.ts';
import { evaluateMembership } from './evaluate-membership.ts';
import { evaluateRelation } from './evaluate-relation.ts';
import { operandValue } from './operand-value.ts';
import type { Truth } from './term-value.ts';

type Outcome = Truth | 'error';

const MAX_DEPTH = 1024;

/**
 * A condition in three-valued logic: true, false, or `null` for unknown. An error in any part makes the whole
 * unknown, whatever the rest is.
 * @param deny whether the entry denies: deny-only groups and claims count then.
 * @see [MS-DTYP] 2.4.4.17.6, 2.4.4.17.7
 */
export function evaluateCondition(
  condition: Condition,
  context: ConditionContext,
  deny: boolean,
  record?: TermRecorder,
): Truth {
  const outcome = new Evaluation(context, deny, record).evaluate(condition, 0);
  return outcome === 'error' ? null : outcome;
}

class Evaluation {
  readonly #context: ConditionContext;
  readonly #deny: boolean;
  readonly #record: TermRecorder | undefined;

  constructor(context: ConditionContext, deny: boolean, record: TermRecorder | undefined) {
    this.#context = context;
    this.#deny = deny;
    this.#record = record;
  }

  evaluate(term: Condition, depth: number): Outcome {
    const value = depth > MAX_DEPTH ? 'error' : this.#valueOf(term, depth);
    this.#record?.({ term, value });
    return value;
  }

  #valueOf(term: Condition, depth: number): Outcome {
    switch (term.kind) {
      case 'and':
        return and(this.evaluate(term.left, depth + 1), this.evaluate(term.right, depth + 1));
      case 'or':
        return or(this.evaluate(term.left, depth + 1), this.evaluate(term.right, depth + 1));
      case 'not':
        return not(this.evaluate(term.operand, depth + 1));
      case 'exists':
        return this.#exists(term.operand);
      case 'notExists':
        return not(this.#exists(term.operand));
      case 'member':
        return evaluateMembership(term.operator, term.operand, this.#context, this.#deny);
      case 'relation':
        return evaluateRelation(term.operator, this.#operand(term.left), this.#operand(term.right));
      case 'operand':
        return this.#truthOf(term.operand);
    }
  }

  #operand(operand: ConditionOperand) {
    return operandValue(operand, this.#context, this.#deny);
  }

  /** [MS-DTYP] 2.4.4.17.7 knows local and resource attributes here; Windows asks for claims too. */
  #exists(operand: ConditionOperand): Outcome {
    return operand.kind === 'attribute' ? this.#operand(operand) !== null : 'error';
  }

  #truthOf(operand: ConditionOperand): Outcome {
    if (operand.kind !== 'attribute') return 'error';
    const value = this.#operand(operand);
    const scalar = value?.values[0];
    if (value === null || value.multiple || scalar === undefined) return null;
    if (scalar.type === 'int') return scalar.value !== 0n;
    if (scalar.type === 'bool') return scalar.value;
    if (scalar.type === 'string') return scalar.value !== '';
    return 'error';
  }
}

function and(left: Outcome, right: Outcome): Outcome {
  if (left === 'error' || right === 'error') return 'error';
  if (left === false || right === false) return false;
  return left === null || right === null ? null : true;
}

function or(left: Outcome, right: Outcome): Outcome {
  if (left === 'error' || right === 'error') return 'error';
  if (left === true || right === true) return true;
  return left === null || right === null ? null : false;
}

function not(value: Outcome): Outcome {
  return typeof value === 'boolean' ? !value : value;
}
