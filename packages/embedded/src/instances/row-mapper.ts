import {
  type CimClass,
  type CimInstance,
  type CimProperty,
  CimType,
  type CimValue,
  checkValue,
  type InstanceShape,
  type PropertyBag,
  shapeOf,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { pathFormatter } from './instance-path.ts';

/**
 * Makes instances of a class from its rows: declared order, defaults for what a row lacks, values checked.
 * @param properties the ones to carry, in declared case; null for all.
 * @throws WbemError from the function it returns: `WBEM_E_PROVIDER_FAILURE` for a value that does not
 *   fit its property.
 */
export function rowMapper(
  cls: CimClass,
  properties: ReadonlySet<string> | null,
): (row: PropertyBag) => CimInstance {
  const carried = properties === null ? cls.properties : cls.properties.filter((p) => properties.has(p.name));
  const shape = properties === null ? shapeOf(cls) : partOf(shapeOf(cls), properties);
  const pathOf = pathFormatter(cls);
  const columns = carried.map((property) => ({ property, fits: quickTest(property) }));
  return (row) => {
    if (typeof row !== 'object' || row === null) throw noRow(cls, row);
    const values: Record<string, CimValue> = {};
    for (const { property, fits } of columns) {
      const value = row[property.name];
      values[property.name] = value !== undefined && fits(value) ? value : slowValue(cls, property, value);
    }
    return { kind: 'instance', shape, properties: values, path: pathOf(row) };
  };
}

function noRow({ className }: CimClass, given: unknown): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_PROVIDER_FAILURE,
    `a row of ${className} is an object of properties, got ${given === null ? 'null' : typeof given}`,
  );
}

function partOf(shape: InstanceShape, properties: ReadonlySet<string>): InstanceShape {
  return { ...shape, properties: shape.properties.filter((p) => properties.has(p.name)) };
}

/** True for the values that most rows have, which need no closer look. */
function quickTest({ type, isArray }: CimProperty): (value: CimValue) => boolean {
  if (isArray) return (value) => value === null;
  switch (type) {
    case CimType.String:
    case CimType.Reference:
      return (value) => typeof value === 'string' || value === null;
    case CimType.Boolean:
      return (value) => typeof value === 'boolean' || value === null;
    case CimType.Sint32:
      return (value) => value === null || (typeof value === 'number' && (value | 0) === value);
    case CimType.Uint32:
      return (value) => value === null || (typeof value === 'number' && value >>> 0 === value);
    default:
      return (value) => value === null;
  }
}

function slowValue(cls: CimClass, property: CimProperty, value: unknown): CimValue {
  if (value === undefined) return property.value;
  try {
    return checkValue(property.type, property.isArray, value);
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_FAILURE,
      `a row does not fit its class: ${cls.className}.${property.name}: ${cause.message}`,
      { cause },
    );
  }
}
