import { WbemError } from '../errors/wbem-error.ts';
import { WmisecError } from '../errors/wmisec-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { CimType, cimTypeName } from './cim-type.ts';
import { formatDateTime, fromDate, isCimDateTime, parseDateTime } from './datetime.ts';
import { WbemLimits } from './limits.ts';
import type { CimClass, CimInstance, CimObject } from './objects.ts';
import type { CimScalar, CimValue } from './values.ts';

const FLOAT_MAX = 3.4028234663852886e38;

const smallRanges = new Map<CimType, readonly [min: number, max: number]>([
  [CimType.Sint8, [-0x80, 0x7f]],
  [CimType.Uint8, [0, 0xff]],
  [CimType.Sint16, [-0x8000, 0x7fff]],
  [CimType.Uint16, [0, 0xffff]],
  [CimType.Sint32, [-0x80000000, 0x7fffffff]],
  [CimType.Uint32, [0, 0xffffffff]],
]);

const largeRanges = new Map<CimType, readonly [min: bigint, max: bigint]>([
  [CimType.Sint64, [-0x8000000000000000n, 0x7fffffffffffffffn]],
  [CimType.Uint64, [0n, 0xffffffffffffffffn]],
]);

/**
 * The value as a property of that type holds it. 64-bit integers may come as safe integers, smaller ones as
 * bigints, datetimes as `Date` or text. null passes: whether a property may be null is the property's rule.
 * @throws WbemError `WBEM_E_TYPE_MISMATCH` for a value of another type, `WBEM_E_VALUE_OUT_OF_RANGE` for a
 *   number that the type cannot hold, `WBEM_E_ILLEGAL_NULL` for a null element,
 *   `WBEM_E_QUOTA_VIOLATION` for objects nested deeper than `WbemLimits.MaxObjectNesting`.
 */
export function checkValue(type: CimType, isArray: boolean, value: unknown): CimValue {
  if (value === null) return null;
  if (!isArray) return checkScalar(type, value);
  if (!Array.isArray(value)) throw mismatch(`${wordOf(type)}[]`, value);
  return Array.from(value, (element) => {
    if (element === null)
      throw new WbemError(
        WbemStatus.WBEM_E_ILLEGAL_NULL,
        `an array of ${wordOf(type)} cannot hold null elements`,
      );
    return checkScalar(type, element);
  });
}

function checkScalar(type: CimType, value: unknown): CimScalar {
  const small = smallRanges.get(type);
  // Adding 0 turns -0, which no integer type has, into 0.
  if (small !== undefined) return Number(checkInteger(type, small, value)) + 0;
  switch (type) {
    case CimType.Sint64:
    case CimType.Uint64:
      return BigInt(checkInteger(type, largeRanges.get(type)!, value));
    case CimType.Boolean:
      if (typeof value === 'boolean') return value;
      break;
    case CimType.String:
    case CimType.Reference:
      if (typeof value === 'string') return value;
      break;
    case CimType.Char16:
      if (typeof value === 'string' && value.length === 1) return value;
      break;
    case CimType.Real32:
    case CimType.Real64:
      return checkReal(type, value);
    case CimType.DateTime:
      return checkDateTime(value);
    case CimType.Object:
      return checkObject(value);
  }
  throw mismatch(wordOf(type), value);
}

function checkInteger(
  type: CimType,
  [min, max]: readonly [number | bigint, number | bigint],
  value: unknown,
): number | bigint {
  if (typeof value !== 'bigint' && typeof value !== 'number') throw mismatch(wordOf(type), value);
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw outOfRange(`${wordOf(type)} is an exact integer`, value);
  if (value < min || value > max) throw outOfRange(`${wordOf(type)} reaches from ${min} to ${max}`, value);
  return value;
}

function checkReal(type: CimType, value: unknown): number {
  if (typeof value !== 'number') throw mismatch(wordOf(type), value);
  if (!Number.isFinite(value)) throw outOfRange(`${wordOf(type)} is a finite number`, value);
  if (type === CimType.Real64) return value;
  if (Math.abs(value) > FLOAT_MAX) throw outOfRange(`real32 reaches to ${FLOAT_MAX}`, value);
  return Math.fround(value);
}

function checkDateTime(value: unknown): CimScalar {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw outOfRange('a datetime is a valid Date', value);
    return fromDate(value);
  }
  if (isCimDateTime(value)) {
    parseChecked(formatDateTime(value));
    return value;
  }
  if (typeof value !== 'string') throw mismatch('datetime', value);
  return parseChecked(value);
}

function parseChecked(text: string): CimScalar {
  try {
    return parseDateTime(text);
  } catch (cause) {
    if (!(cause instanceof WmisecError)) throw cause;
    throw new WbemError(WbemStatus.WBEM_E_TYPE_MISMATCH, cause.message, { cause });
  }
}

function checkObject(value: unknown): CimClass | CimInstance {
  if (!isCimObject(value)) throw mismatch('object', value);
  checkNesting(value);
  return value;
}

/** True for a class or an instance. */
export function isCimObject(value: unknown): value is CimObject {
  if (typeof value !== 'object' || value === null) return false;
  const object = value as Partial<CimClass> | Partial<CimInstance>;
  if (object.kind === 'class') return Array.isArray(object.properties);
  return object.kind === 'instance' && isRecord(object.shape) && isRecord(object.properties);
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function checkNesting(root: CimObject): void {
  let level: CimObject[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > WbemLimits.MaxObjectNesting)
      throw new WbemError(
        WbemStatus.WBEM_E_QUOTA_VIOLATION,
        `objects nest at most ${WbemLimits.MaxObjectNesting} deep`,
      );
    level = [...new Set(level.flatMap(embeddedObjects))];
  }
}

function embeddedObjects(object: CimObject): CimObject[] {
  const values: readonly CimValue[] =
    object.kind === 'class' ? object.properties.map((p) => p.value) : Object.values(object.properties);
  return values.flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isCimObject);
}

function wordOf(type: CimType): string {
  return cimTypeName(type) ?? `type ${type}`;
}

function mismatch(expected: string, value: unknown): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_TYPE_MISMATCH,
    `expected a value of type ${expected}, got ${describe(value)}`,
  );
}

function outOfRange(rule: string, value: number | bigint | Date): WbemError {
  return new WbemError(WbemStatus.WBEM_E_VALUE_OUT_OF_RANGE, `${rule}, got ${value}`);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' && value.length === 1 ? 'a character' : `a ${typeof value}`;
}
