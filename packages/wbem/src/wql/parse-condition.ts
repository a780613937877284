import { isOrdering, mirrored, operatorOf } from './operators.ts';
import type { Condition, PropertyName, WqlConstant, WqlOperator } from './query.ts';
import type { TokenReader } from './token-reader.ts';

const MAX_DEPTH = 128;

/** What follows `WHERE`: `NOT` binds tighter than `AND`, `AND` tighter than `OR`. */
export function parseCondition(reader: TokenReader): Condition {
  return parseOr(reader, 0);
}

function parseOr(reader: TokenReader, depth: number): Condition {
  const terms = [parseAnd(reader, depth)];
  while (reader.takeKeyword('OR')) terms.push(parseAnd(reader, depth));
  return terms.length === 1 ? terms[0]! : { kind: 'or', terms };
}

function parseAnd(reader: TokenReader, depth: number): Condition {
  const terms = [parseTerm(reader, depth)];
  while (reader.takeKeyword('AND')) terms.push(parseTerm(reader, depth));
  return terms.length === 1 ? terms[0]! : { kind: 'and', terms };
}

function parseTerm(reader: TokenReader, depth: number): Condition {
  if (depth > MAX_DEPTH) throw reader.error(`conditions nested at most ${MAX_DEPTH} deep`);
  if (reader.takeKeyword('NOT')) return { kind: 'not', term: parseTerm(reader, depth + 1) };
  if (!reader.takeSymbol('(')) return parseTest(reader);
  const inner = parseOr(reader, depth + 1);
  reader.expectSymbol(')');
  return inner;
}

function parseTest(reader: TokenReader): Condition {
  if (!reader.isName()) return parseConstantFirst(reader);
  const property = reader.propertyName();
  if (reader.takeKeyword('IS')) {
    const negated = reader.takeKeyword('NOT');
    reader.expectKeyword('NULL');
    return { kind: 'isNull', property, negated };
  }
  if (reader.takeKeyword('ISA')) return { kind: 'isa', property, className: className(reader) };
  if (reader.takeKeyword('LIKE')) return { kind: 'like', property, pattern: string(reader, 'a pattern') };
  const operator = parseOperator(reader);
  if (reader.isName()) return compareProperties(reader, property, operator);
  return { kind: 'compare', property, operator, value: constantFor(reader, operator) };
}

function parseConstantFirst(reader: TokenReader): Condition {
  const start = reader.current;
  const value = constant(reader);
  const operator = mirrored(parseOperator(reader));
  if (!hasOrder(value) && isOrdering(operator)) throw reader.error('a value that has an order', start);
  return { kind: 'compare', property: reader.propertyName(), operator, value };
}

function parseOperator(reader: TokenReader): WqlOperator {
  const operator = reader.current.kind === 'symbol' ? operatorOf(reader.current.text) : undefined;
  if (operator === undefined) throw reader.error('an operator');
  reader.take();
  return operator;
}

/** Events compare what they embed; of one object, the documented language compares no two properties. */
function compareProperties(reader: TokenReader, property: PropertyName, operator: WqlOperator): Condition {
  const start = reader.current;
  const other = reader.propertyName();
  if (property.length === 1 || other.length === 1) throw reader.error('a constant', start);
  return { kind: 'compareProperties', property, operator, other };
}

function constantFor(reader: TokenReader, operator: WqlOperator): WqlConstant {
  const start = reader.current;
  const value = constant(reader);
  if (!hasOrder(value) && isOrdering(operator)) throw reader.error('a value that has an order', start);
  return value;
}

function constant(reader: TokenReader): WqlConstant {
  const token = reader.current;
  if (token.kind === 'string' || token.kind === 'integer' || token.kind === 'real') {
    reader.take();
    return token.value;
  }
  if (reader.takeKeyword('TRUE')) return true;
  if (reader.takeKeyword('FALSE')) return false;
  if (reader.takeKeyword('NULL')) return null;
  throw reader.error('a property or a constant');
}

function hasOrder(value: WqlConstant): boolean {
  return typeof value !== 'boolean' && value !== null;
}

function className(reader: TokenReader): string {
  return reader.isName() ? reader.take().text : string(reader, 'the name of a class');
}

function string(reader: TokenReader, expected: string): string {
  const token = reader.current;
  if (token.kind !== 'string') throw reader.error(`${expected} in quotes`);
  reader.take();
  return token.value;
}
