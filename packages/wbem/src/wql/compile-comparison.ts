import { CimType } from '../cim/cim-type.ts';
import type { CimObject } from '../cim/objects.ts';
import type { ObjectPath } from '../path/object-path.ts';
import { sameReference } from '../path/same-object-path.ts';
import { isOrdering } from './operators.ts';
import { compileOrder, type Order, orderValues } from './order-values.ts';
import type { Comparison, PropertyComparison, WqlOperator } from './query.ts';
import { compileReader, compileTypeReader, type ObjectPlace } from './read-property.ts';
import { spelledPath } from './spelled-value.ts';

type Test = (object: CimObject) => boolean;

const ACCEPTS: Readonly<Record<WqlOperator, (order: Order) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** A property beside a constant. */
export function compileComparison(
  { property, operator, value }: Comparison,
  place: ObjectPlace | null,
): Test {
  const read = compileReader(property, place);
  const order = compileOrder(value);
  const accepts = ACCEPTS[operator];
  const path = typeof value === 'string' && !isOrdering(operator) ? spelledObject(value) : null;
  if (path === null) return (object) => accepts(order(read(object)));
  const typeOf = compileTypeReader(property);
  return (object) => {
    const found = read(object);
    if (typeof found !== 'string' || typeOf(object) !== CimType.Reference) return accepts(order(found));
    return refersTo(found, path) === (operator === '=');
  };
}

/** The object that a constant names, for references, which are the same in several spellings. */
function spelledObject(text: string): ObjectPath | null {
  const path = spelledPath(text);
  return path?.kind === 'instance' || path?.kind === 'singleton' ? path : null;
}

function refersTo(reference: string, path: ObjectPath): boolean {
  const target = spelledPath(reference);
  return target !== null && sameReference(target, path);
}

/** A property beside another. */
export function compilePropertyComparison(
  { property, operator, other }: PropertyComparison,
  place: ObjectPlace | null,
): Test {
  const readLeft = compileReader(property, place);
  const readRight = compileReader(other, place);
  const accepts = ACCEPTS[operator];
  return (object) => accepts(orderValues(readLeft(object), readRight(object)));
}
