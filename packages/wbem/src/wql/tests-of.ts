import type { Condition, Junction, Negation } from './query.ts';

/** A condition without terms. */
type Test = Exclude<Condition, Junction | Negation>;

/** The tests of which a condition is made, in the order of the text. */
export function testsOf(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.terms.flatMap(testsOf);
    case 'not':
      return testsOf(condition.term);
    default:
      return [condition];
  }
}
