import { isCimObject } from '../cim/check-value.ts';
import { sameName } from '../cim/names.ts';
import type { CimObject } from '../cim/objects.ts';
import { compileLike } from './like-pattern.ts';
import { compileOrder, type Order, orderValues } from './order-values.ts';
import type {
  ClassTest,
  Comparison,
  Condition,
  Junction,
  LikeTest,
  NullTest,
  PropertyComparison,
  WqlOperator,
} from './query.ts';
import { classNameOf, compileReader, derivationOf } from './read-property.ts';

/** What a condition is for the rows of a query: instances, or classes in a schema query. */
export type CompiledCondition = (object: CimObject) => boolean;

const ACCEPTS: Readonly<Record<WqlOperator, (order: Order) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * A condition as one function, made once and run for each object. Every test is true or false: `<>` is
 * what `=` is not, so that null and values of other types differ from every constant; nothing is above or
 * below null. A property that the object does not have is null.
 * @see Microsoft, "WHERE Clause", "WQL Operators"
 */
export function compileCondition(condition: Condition): CompiledCondition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return compileJunction(condition);
    case 'not': {
      const holds = compileCondition(condition.term);
      return (object) => !holds(object);
    }
    case 'compare':
      return compileComparison(condition);
    case 'compareProperties':
      return compilePropertyComparison(condition);
    case 'isNull':
      return compileNullTest(condition);
    case 'like':
      return compileLikeTest(condition);
    case 'isa':
      return compileClassTest(condition);
  }
}

function compileJunction({ kind, terms }: Junction): CompiledCondition {
  const tests = terms.map(compileCondition);
  return kind === 'and'
    ? (object) => tests.every((holds) => holds(object))
    : (object) => tests.some((holds) => holds(object));
}

function compileComparison({ property, operator, value }: Comparison): CompiledCondition {
  const read = compileReader(property);
  const order = compileOrder(value);
  const accepts = ACCEPTS[operator];
  return (object) => accepts(order(read(object)));
}

function compilePropertyComparison({ property, operator, other }: PropertyComparison): CompiledCondition {
  const readLeft = compileReader(property);
  const readRight = compileReader(other);
  const accepts = ACCEPTS[operator];
  return (object) => accepts(orderValues(readLeft(object), readRight(object)));
}

function compileNullTest({ property, negated }: NullTest): CompiledCondition {
  const read = compileReader(property);
  return (object) => (read(object) === null) !== negated;
}

function compileLikeTest({ property, pattern }: LikeTest): CompiledCondition {
  const read = compileReader(property);
  const matches = compileLike(pattern);
  return (object) => {
    const value = read(object);
    return typeof value === 'string' && matches(value);
  };
}

function compileClassTest({ property, className }: ClassTest): CompiledCondition {
  const read = compileReader(property);
  return (object) => {
    const value = read(object);
    if (!isCimObject(value)) return false;
    return sameName(classNameOf(value), className) || derivationOf(value).some((n) => sameName(n, className));
  };
}
