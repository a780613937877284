import { CimType } from '../cim/cim-type.ts';
import type { InstanceShape, PropertyShape } from '../cim/objects.ts';
import { findProperty } from '../cim/property.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { fitsType, isText } from './fits-type.ts';
import { isOrdering } from './operators.ts';
import type { Comparison, LikeTest, PropertyName, SelectQuery } from './query.ts';
import { isSystemProperty } from './read-property.ts';
import { referencedProperties } from './referenced-properties.ts';
import { testsOf } from './tests-of.ts';

/**
 * Checks a query against the class that it selects from. Names inside of embedded objects are not checked:
 * a wrong one gives no rows.
 * @param shape null for a schema query: its rows have system properties only.
 * @throws WbemError `WBEM_E_INVALID_QUERY` for a property that the class does not have, a constant of
 *   another type than its property, an array or an object compared, a boolean asked for its order, and
 *   LIKE on what is no text.
 * @see Microsoft, "WHERE Clause", "SELECT Statement for Data Queries"
 */
export function checkQuery(query: SelectQuery, shape: InstanceShape | null): void {
  for (const name of referencedProperties(query)) {
    if (isSystemProperty(name[0]) || propertyOf(name, shape) !== undefined) continue;
    throw invalid(`${query.className} has no property ${name[0]}`);
  }
  for (const test of query.where === null ? [] : testsOf(query.where)) {
    if (test.kind === 'compare') checkComparison(test, shape);
    if (test.kind === 'like') checkLike(test, shape);
  }
}

function checkComparison({ property, operator, value }: Comparison, shape: InstanceShape | null): void {
  const compared = property.length === 1 ? propertyOf(property, shape) : undefined;
  if (compared === undefined) return;
  if (value !== null) checkNoArray(compared);
  if (isOrdering(operator) && compared.type === CimType.Boolean)
    throw invalid(`a boolean is compared with =, <> or !=, got ${operator} on ${compared.name}`);
  if (!fitsType(value, compared.type))
    throw invalid(`${compared.name} is compared with a constant of its type, got ${shown(value)}`);
}

function checkLike({ property }: LikeTest, shape: InstanceShape | null): void {
  const compared = property.length === 1 ? propertyOf(property, shape) : undefined;
  if (compared === undefined) return;
  checkNoArray(compared);
  if (!isText(compared.type)) throw invalid(`LIKE is for text, got ${compared.name}`);
}

function checkNoArray({ name, isArray }: PropertyShape): void {
  if (isArray) throw invalid(`an array cannot be compared, got ${name}`);
}

function propertyOf([name]: PropertyName, shape: InstanceShape | null): PropertyShape | undefined {
  return shape === null ? undefined : findProperty(shape, name);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value).toUpperCase();
}

function invalid(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_QUERY, message);
}
