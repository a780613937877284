import type { Condition, RelationalOperator } from '../descriptor/condition.ts';
import { MAX_CONDITION_OPERATORS } from '../descriptor/condition-tokens.ts';
import { simpleNameAt } from './attribute-name.ts';
import { MEMBERSHIPS, RELATION_SYMBOLS, RELATION_WORDS } from './condition-words.ts';
import { readAttribute, readOperand, readWrappedOperand } from './read-operand.ts';
import type { SddlCursor } from './sddl-cursor.ts';

/** Parentheses inside of one another: enough for each operator that is allowed, as they are printed. */
const MAX_NESTING = MAX_CONDITION_OPERATORS + 2;

const OPEN = 0x28;
const CLOSE = 0x29;
const NOT = 0x21;

interface Budget {
  operators: number;
  nesting: number;
}

/**
 * Reads a conditional expression in its parentheses. `||` binds the least, then `&&`, then `!`, which needs
 * parentheses; operators of one kind go from left to right. Windows has a limit for the depth too, which is
 * not documented; here it is 256 logical operators.
 * @see [MS-DTYP] 2.5.1.1, cond-expr; SDDL for Conditional ACEs (Win32)
 */
export function readCondition(cursor: SddlCursor): Condition {
  return readParenthesised(cursor, { operators: 0, nesting: 0 });
}

function readParenthesised(cursor: SddlCursor, budget: Budget): Condition {
  if (++budget.nesting > MAX_NESTING) {
    throw cursor.error(cursor.at, `at most ${MAX_NESTING} parentheses inside of one another`);
  }
  cursor.expect(OPEN);
  const condition = readOr(cursor, budget);
  cursor.expect(CLOSE);
  budget.nesting--;
  return condition;
}

function readOr(cursor: SddlCursor, budget: Budget): Condition {
  let left = readAnd(cursor, budget);
  while (takesOperator(cursor, '||', budget)) left = { kind: 'or', left, right: readAnd(cursor, budget) };
  return left;
}

function readAnd(cursor: SddlCursor, budget: Budget): Condition {
  let left = readTerm(cursor, budget);
  while (takesOperator(cursor, '&&', budget)) left = { kind: 'and', left, right: readTerm(cursor, budget) };
  return left;
}

function takesOperator(cursor: SddlCursor, operator: string, budget: Budget): boolean {
  if (!cursor.text.startsWith(operator, cursor.at)) return false;
  countOperator(cursor, budget);
  cursor.at += operator.length;
  return true;
}

function countOperator(cursor: SddlCursor, budget: Budget): void {
  if (++budget.operators <= MAX_CONDITION_OPERATORS) return;
  throw cursor.error(cursor.at, `at most ${MAX_CONDITION_OPERATORS} logical operators`);
}

/** Reads a term and the blanks around it. */
function readTerm(cursor: SddlCursor, budget: Budget): Condition {
  cursor.skipBlanks();
  const term = readBareTerm(cursor, budget);
  cursor.skipBlanks();
  return term;
}

function readBareTerm(cursor: SddlCursor, budget: Budget): Condition {
  if (cursor.peek() === OPEN) return readParenthesised(cursor, budget);
  if (cursor.peek() === NOT) {
    countOperator(cursor, budget);
    cursor.at++;
    cursor.skipBlanks();
    return { kind: 'not', operand: readParenthesised(cursor, budget) };
  }
  const word = simpleNameAt(cursor.text, cursor.at);
  return readWordTerm(cursor, word) ?? readRelation(cursor);
}

/** Reads a term that begins with an operator. */
function readWordTerm(cursor: SddlCursor, word: string): Condition | undefined {
  const small = word.toLowerCase();
  const membership = MEMBERSHIPS.get(small);
  if (membership === undefined && small !== 'exists' && small !== 'not_exists') return undefined;
  cursor.at += word.length;
  cursor.skipBlanks();
  if (membership !== undefined) {
    return { kind: 'member', operator: membership, operand: readWrappedOperand(cursor) };
  }
  return { kind: small === 'exists' ? 'exists' : 'notExists', operand: readAttribute(cursor) };
}

function readRelation(cursor: SddlCursor): Condition {
  const left = readAttribute(cursor);
  cursor.skipBlanks();
  const operator = takeRelation(cursor);
  if (operator === undefined) return { kind: 'operand', operand: left };
  cursor.skipBlanks();
  return { kind: 'relation', operator, left, right: readOperand(cursor) };
}

function takeRelation(cursor: SddlCursor): RelationalOperator | undefined {
  const { text, at } = cursor;
  const symbol = RELATION_SYMBOLS.find((candidate) => text.startsWith(candidate, at));
  const word = simpleNameAt(text, at);
  const operator = symbol ?? RELATION_WORDS.get(word.toLowerCase());
  if (operator !== undefined) cursor.at += symbol?.length ?? word.length;
  return operator;
}
