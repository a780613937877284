import {
  type CimClass,
  type CimType,
  type CimValue,
  type Comparison,
  type Condition,
  checkValue,
  type PropertyBag,
  sameName,
  WbemError,
} from '@wmisec/wbem';
import { keyProperties } from '../instances/instance-path.ts';

/**
 * The keys of the only instance that can meet a condition, when it demands one value for each of them, as
 * `Handle = "4"` does; else null.
 */
export function pinnedKeys(cls: CimClass, where: Condition): PropertyBag | null {
  const demands = equalities(where);
  const keys = keyProperties(cls);
  if (keys.length === 0) return null;
  const values = keys.map(({ name, type }) => {
    const demand = demands.find(({ property }) => property.length === 1 && sameName(property[0], name));
    return [name, demand === undefined ? null : demandedValue(type, demand)] as const;
  });
  return values.some(([, value]) => value === null) ? null : Object.fromEntries(values);
}

/** The `=` tests that have to hold for the whole condition to hold. */
function equalities(condition: Condition): Comparison[] {
  if (condition.kind === 'compare') return condition.operator === '=' ? [condition] : [];
  return condition.kind === 'and' ? condition.terms.flatMap(equalities) : [];
}

/** null for a constant of another type: such a test needs the comparison's own rules. */
function demandedValue(type: CimType, { value }: Comparison): CimValue {
  try {
    return checkValue(type, false, value);
  } catch (error) {
    if (error instanceof WbemError) return null;
    throw error;
  }
}
