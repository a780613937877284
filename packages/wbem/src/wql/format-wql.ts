import { formatObjectPath } from '../path/format-object-path.ts';
import { isWhole, PathText } from '../path/path-text.ts';
import { quote } from '../path/quoted-text.ts';
import type {
  AssociatorsQuery,
  Condition,
  GroupClause,
  Junction,
  PropertyName,
  ReferencesQuery,
  SelectQuery,
  WqlConstant,
  WqlQuery,
} from './query.ts';
import { invalidQuery } from './query-error.ts';
import { isReservedWord } from './reserved-words.ts';

const SHOWN = 40;

/**
 * The text of a query, on one line; `parseWql` reads it back as the same query.
 * @throws ParseError
 *   `WBEM_E_INVALID_QUERY` for a name that would read as something else,
 *   `WBEM_E_INVALID_OBJECT_PATH` for a source that is no path.
 */
export function formatWql(query: WqlQuery): string {
  return query.kind === 'select' ? formatSelect(query) : formatAssociation(query);
}

/**
 * The text of a condition, what stands behind `WHERE`.
 * @throws ParseError `WBEM_E_INVALID_QUERY` for a name that would read as something else.
 */
export function formatCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return formatJunction(condition);
    case 'not':
      return `NOT ${inParentheses(condition.term, isJunction(condition.term))}`;
    case 'compare':
      return `${formatName(condition.property)} ${condition.operator} ${formatConstant(condition.value)}`;
    case 'compareProperties':
      return `${formatName(condition.property)} ${condition.operator} ${formatName(condition.other)}`;
    case 'isNull':
      return `${formatName(condition.property)} IS ${condition.negated ? 'NOT ' : ''}NULL`;
    case 'like':
      return `${formatName(condition.property)} LIKE ${quote(condition.pattern)}`;
    case 'isa':
      return `${formatName(condition.property)} ISA ${quote(condition.className)}`;
  }
}

function formatSelect({ columns, className, within, where, group }: SelectQuery): string {
  const clauses = [
    `SELECT ${columns === null ? '*' : columns.map(formatName).join(', ')} FROM ${checkedName(className)}`,
  ];
  if (within !== null) clauses.push(`WITHIN ${formatNumber(within)}`);
  if (where !== null) clauses.push(`WHERE ${formatCondition(where)}`);
  if (group !== null) clauses.push(formatGroup(group));
  return clauses.join(' ');
}

function formatGroup({ within, by, having }: GroupClause): string {
  const clauses = [`GROUP WITHIN ${within}`];
  if (by.length > 0) clauses.push(`BY ${by.map(formatName).join(', ')}`);
  if (having !== null) clauses.push(`HAVING NumberOfEvents ${having.operator} ${having.numberOfEvents}`);
  return clauses.join(' ');
}

function formatAssociation(query: AssociatorsQuery | ReferencesQuery): string {
  const named = {
    AssocClass: query.kind === 'associators' ? query.assocClass : null,
    ResultClass: query.resultClass,
    ResultRole: query.kind === 'associators' ? query.resultRole : null,
    Role: query.role,
    RequiredQualifier: query.requiredQualifier,
    RequiredAssocQualifier: query.kind === 'associators' ? query.requiredAssocQualifier : null,
  };
  const filters = Object.entries(named).flatMap(([name, value]) =>
    value === null ? [] : [`${name} = ${checkedName(value)}`],
  );
  if (query.classDefsOnly) filters.push('ClassDefsOnly');
  if (query.schemaOnly) filters.push('SchemaOnly');
  if (query.keysOnly) filters.push('KeysOnly');
  const where = filters.length === 0 ? '' : ` WHERE ${filters.join(' ')}`;
  return `${query.kind.toUpperCase()} OF {${formatObjectPath(query.source)}}${where}`;
}

function formatJunction({ kind, terms }: Junction): string {
  const needsParentheses = (term: Condition) => (kind === 'and' ? isJunction(term) : term.kind === 'or');
  return terms.map((term) => inParentheses(term, needsParentheses(term))).join(` ${kind.toUpperCase()} `);
}

function inParentheses(term: Condition, needed: boolean): string {
  return needed ? `(${formatCondition(term)})` : formatCondition(term);
}

function isJunction({ kind }: Condition): boolean {
  return kind === 'and' || kind === 'or';
}

function formatName([first, ...inner]: PropertyName): string {
  return [checkedName(first), ...inner.map(checkedIdentifier)].join('.');
}

function checkedName(name: string): string {
  return isReservedWord(name) ? refuse(name) : checkedIdentifier(name);
}

function checkedIdentifier(name: string): string {
  return isWhole(PathText.identifier, name) ? name : refuse(name);
}

/** A name that is none could smuggle a clause into the query. */
function refuse(name: string): never {
  throw invalidQuery(name, 0, 'a name', JSON.stringify(name.slice(0, SHOWN)));
}

function formatConstant(value: WqlConstant): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return formatReal(value);
  return String(value).toUpperCase();
}

/** A real that is whole keeps a fraction, or it would read as an integer. */
function formatReal(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function formatNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : formatReal(value);
}
