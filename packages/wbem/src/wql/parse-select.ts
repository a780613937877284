import { isSchemaQuery } from './is-schema-query.ts';
import { operatorOf } from './operators.ts';
import { parseCondition } from './parse-condition.ts';
import type { GroupClause, PropertyName, SelectQuery } from './query.ts';
import type { TokenReader } from './token-reader.ts';

const MAX_UINT32 = 0xffff_ffff;

/** What follows `SELECT`. */
export function parseSelect(reader: TokenReader): SelectQuery {
  const start = reader.current;
  const columns = parseColumns(reader);
  reader.expectKeyword('FROM');
  const className = reader.name('the name of a class');
  if (columns !== null && isSchemaQuery({ className })) throw reader.error('* in a query for classes', start);
  const within = reader.takeKeyword('WITHIN') ? seconds(reader) : null;
  const where = reader.takeKeyword('WHERE') ? parseCondition(reader) : null;
  const group = reader.takeKeyword('GROUP') ? parseGroup(reader) : null;
  reader.expectEnd(nextClause({ within, where, group }));
  return { kind: 'select', columns, className, within, where, group };
}

function parseColumns(reader: TokenReader): readonly PropertyName[] | null {
  return reader.takeSymbol('*') ? null : propertyNames(reader);
}

function propertyNames(reader: TokenReader): readonly PropertyName[] {
  const names = [reader.propertyName()];
  while (reader.takeSymbol(',')) names.push(reader.propertyName());
  return names;
}

/** A polling interval may have a fraction. */
function seconds(reader: TokenReader): number {
  const token = reader.current;
  if ((token.kind !== 'integer' && token.kind !== 'real') || token.value < 0)
    throw reader.error('a number of seconds');
  reader.take();
  return Number(token.value);
}

function parseGroup(reader: TokenReader): GroupClause {
  reader.expectKeyword('WITHIN');
  const within = uint32(reader, 'a whole number of seconds');
  const by = reader.takeKeyword('BY') ? propertyNames(reader) : [];
  const having = reader.takeKeyword('HAVING') ? parseHaving(reader) : null;
  return { within, by, having };
}

function parseHaving(reader: TokenReader): GroupClause['having'] {
  reader.expectKeyword('NUMBEROFEVENTS');
  const operator = operatorOf(reader.current.text);
  if (operator === undefined) throw reader.error('an operator');
  reader.take();
  return { operator, numberOfEvents: uint32(reader, 'a number of events') };
}

function uint32(reader: TokenReader, expected: string): number {
  const token = reader.current;
  if (token.kind !== 'integer' || token.value < 0 || token.value > MAX_UINT32) throw reader.error(expected);
  reader.take();
  return Number(token.value);
}

function nextClause({ within, where, group }: Pick<SelectQuery, 'within' | 'where' | 'group'>): string {
  if (group !== null) return 'the end';
  if (where !== null) return 'AND, OR, GROUP WITHIN or the end';
  return within === null ? 'WITHIN, WHERE, GROUP WITHIN or the end' : 'WHERE, GROUP WITHIN or the end';
}
