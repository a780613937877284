import type { Condition } from '../../descriptor/condition.ts';

/** True, false, or unknown (`null`). @see [MS-DTYP] 2.4.4.17.7 */
export type Truth = boolean | null;

/** A part of a condition and what it came to; `error` makes the whole condition unknown. */
export interface TermValue {
  readonly term: Condition;
  readonly value: Truth | 'error';
}
