import type { RelationalOperator } from '../../descriptor/condition.ts';
import { compareScalars, isOrdered } from './compare-scalars.ts';
import type { OperandValue, Scalar } from './operand-value.ts';
import type { Truth } from './term-value.ts';

/**
 * `left operator right`. `'error'` for operands of different types, and for a literal on the left.
 * @param left `null` for an attribute that is not there: the result is unknown.
 * @see [MS-DTYP] 2.4.4.17.6
 */
export function evaluateRelation(
  operator: RelationalOperator,
  left: OperandValue | null,
  right: OperandValue | null,
): Truth | 'error' {
  if (left !== null && !left.attribute) return 'error';
  if (left === null || right === null) return null;
  switch (operator) {
    case '==':
      return sameValues(left, right);
    case '!=':
      // The text makes != of several values unknown; Windows negates ==, as it does for the other pairs.
      return negated(sameValues(left, right));
    case 'Contains':
      return contains(left, right);
    case 'Not_Contains':
      return negated(contains(left, right));
    case 'Any_of':
      return includesAny(left, right);
    case 'Not_Any_of':
      return negated(includesAny(left, right));
    default:
      return ordered(operator, left, right);
  }
}

function negated(truth: Truth | 'error'): Truth | 'error' {
  return typeof truth === 'boolean' ? !truth : truth;
}

/** Sets are equal when each holds all of the other. A set and a single value are of different types. */
function sameValues(left: OperandValue, right: OperandValue): Truth | 'error' {
  if (left.multiple !== right.multiple) return 'error';
  const forth = includesEach(left, right);
  return forth === true ? includesEach(right, left) : forth;
}

/** What is to be contained must be something. */
function contains(set: OperandValue, wanted: OperandValue): Truth | 'error' {
  return wanted.values.length === 0 ? 'error' : includesEach(set, wanted);
}

function includesEach(set: OperandValue, wanted: OperandValue): Truth | 'error' {
  let all = true;
  for (const value of wanted.values) {
    const found = includes(set, value, isCaseSensitive(set, wanted));
    if (found === 'error') return 'error';
    if (!found) all = false;
  }
  return all;
}

function includesAny(set: OperandValue, wanted: OperandValue): Truth | 'error' {
  let any = false;
  for (const value of wanted.values) {
    const found = includes(set, value, isCaseSensitive(set, wanted));
    if (found === 'error') return 'error';
    if (found) any = true;
  }
  return any;
}

function includes({ values }: OperandValue, wanted: Scalar, caseSensitive: boolean): boolean | 'error' {
  let found = false;
  for (const value of values) {
    const order = compareScalars(value, wanted, caseSensitive);
    if (order === null) return 'error';
    if (order === 0) found = true;
  }
  return found;
}

/** Several values have no order: the operation fails. */
function ordered(
  operator: '<' | '<=' | '>' | '>=',
  left: OperandValue,
  right: OperandValue,
): Truth | 'error' {
  const [a, b] = [left.values[0], right.values[0]];
  if (left.multiple || right.multiple || a === undefined || b === undefined) return 'error';
  const order = isOrdered(a) && isOrdered(b) ? compareScalars(a, b, isCaseSensitive(left, right)) : null;
  if (order === null) return 'error';
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function isCaseSensitive(a: OperandValue, b: OperandValue): boolean {
  return a.caseSensitive || b.caseSensitive;
}
