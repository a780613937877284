import { CimType } from '../cim/cim-type.ts';
import type { InstanceShape, PropertyShape } from '../cim/objects.ts';
import { findProperty } from '../cim/property.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { isOrdering } from './operators.ts';
import type { Condition, PropertyName, SelectQuery } from './query.ts';
import { isSystemProperty } from './read-property.ts';
import { referencedProperties } from './referenced-properties.ts';

/**
 * Checks a query against the class that it selects from. Names inside of embedded objects are not checked:
 * a wrong one gives no rows.
 * @throws WbemError `WBEM_E_INVALID_QUERY` for a property that the class does not have, an array compared,
 *   and a boolean asked for its order.
 * @see Microsoft, "WHERE Clause", "SELECT Statement for Data Queries"
 */
export function checkQuery(query: SelectQuery, shape: InstanceShape): void {
  for (const [first] of referencedProperties(query)) {
    if (isSystemProperty(first) || findProperty(shape, first) !== undefined) continue;
    throw invalid(`a query for ${shape.className} names properties of that class, got ${first}`);
  }
  if (query.where !== null) checkCondition(query.where, shape);
}

function checkCondition(condition: Condition, shape: InstanceShape): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const term of condition.terms) checkCondition(term, shape);
      return;
    case 'not':
      checkCondition(condition.term, shape);
      return;
    case 'compare':
      checkComparable(condition.property, shape, isOrdering(condition.operator));
      return;
    case 'like':
      checkComparable(condition.property, shape, false);
  }
}

function checkComparable(name: PropertyName, shape: InstanceShape, ordering: boolean): void {
  const property: PropertyShape | undefined = name.length === 1 ? findProperty(shape, name[0]) : undefined;
  if (property?.isArray) throw invalid(`an array cannot be compared, got ${property.name}`);
  if (ordering && property?.type === CimType.Boolean)
    throw invalid(`a boolean is compared with =, <> or !=, got another operator on ${property.name}`);
}

function invalid(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_QUERY, message);
}
