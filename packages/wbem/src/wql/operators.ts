import type { WqlOperator } from './query.ts';

const OPERATORS: ReadonlyMap<string, WqlOperator> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

const MIRRORED: Readonly<Record<WqlOperator, WqlOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** The operator that a symbol means; `undefined` for none. */
export function operatorOf(symbol: string): WqlOperator | undefined {
  return OPERATORS.get(symbol);
}

/** The operator that says the same with its sides exchanged. */
export function mirrored(operator: WqlOperator): WqlOperator {
  return MIRRORED[operator];
}

/** True for the operators that ask for an order, which booleans and null do not have. */
export function isOrdering(operator: WqlOperator): boolean {
  return operator !== '=' && operator !== '<>';
}
