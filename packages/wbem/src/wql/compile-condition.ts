import { isCimObject } from '../cim/check-value.ts';
import { formatDateTime, isCimDateTime } from '../cim/datetime.ts';
import { sameName } from '../cim/names.ts';
import type { CimObject } from '../cim/objects.ts';
import { compileComparison, compilePropertyComparison } from './compile-comparison.ts';
import { compileLike } from './like-pattern.ts';
import type { ClassTest, Condition, Junction, LikeTest, NullTest } from './query.ts';
import { classNameOf, compileReader, derivationOf, type ObjectPlace } from './read-property.ts';

/** What a condition is for the rows of a query: instances, or classes in a schema query. */
export type CompiledCondition = (object: CimObject) => boolean;

/**
 * A condition as one function, made once and run for each object. Every test is true or false: `<>` is
 * what `=` is not, so that null and values of other types differ from every constant; nothing is above or
 * below null. A property that the object does not have is null. References are equal when they name the same
 * object. A datetime is text to LIKE.
 * @param place where the objects live; without it `__SERVER`, `__NAMESPACE` and `__PATH` are null.
 * @see Microsoft, "WHERE Clause", "WQL Operators"
 */
export function compileCondition(condition: Condition, place: ObjectPlace | null = null): CompiledCondition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return compileJunction(condition, place);
    case 'not': {
      const holds = compileCondition(condition.term, place);
      return (object) => !holds(object);
    }
    case 'compare':
      return compileComparison(condition, place);
    case 'compareProperties':
      return compilePropertyComparison(condition, place);
    case 'isNull':
      return compileNullTest(condition, place);
    case 'like':
      return compileLikeTest(condition, place);
    case 'isa':
      return compileClassTest(condition, place);
  }
}

function compileJunction({ kind, terms }: Junction, place: ObjectPlace | null): CompiledCondition {
  const tests = terms.map((term) => compileCondition(term, place));
  return kind === 'and'
    ? (object) => tests.every((holds) => holds(object))
    : (object) => tests.some((holds) => holds(object));
}

function compileNullTest({ property, negated }: NullTest, place: ObjectPlace | null): CompiledCondition {
  const read = compileReader(property, place);
  return (object) => (read(object) === null) !== negated;
}

function compileLikeTest({ property, pattern }: LikeTest, place: ObjectPlace | null): CompiledCondition {
  const read = compileReader(property, place);
  const matches = compileLike(pattern);
  return (object) => {
    const value = read(object);
    if (isCimDateTime(value)) return matches(formatDateTime(value));
    return typeof value === 'string' && matches(value);
  };
}

function compileClassTest({ property, className }: ClassTest, place: ObjectPlace | null): CompiledCondition {
  const read = compileReader(property, place);
  return (object) => {
    const value = read(object);
    if (!isCimObject(value)) return false;
    return sameName(classNameOf(value), className) || derivationOf(value).some((n) => sameName(n, className));
  };
}
