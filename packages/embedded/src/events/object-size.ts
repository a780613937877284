import { type CimObject, type CimValue, isCimObject } from '@wmisec/wbem';

/** Bytes that an object or a value costs by itself. */
const BASE = 64;
const CHARACTER = 2;
const NUMBER = 8;
const NAME = 16;

/** About how many bytes an object holds; nesting is bounded by what instances may hold. */
export function objectSize(object: CimObject): number {
  if (object.kind === 'class') return BASE * (1 + object.properties.length + object.methods.length);
  let size = BASE;
  for (const value of Object.values(object.properties)) size += NAME + valueSize(value);
  return size;
}

function valueSize(value: CimValue): number {
  if (typeof value === 'string') return value.length * CHARACTER;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + valueSize(each), BASE);
  return isCimObject(value) ? objectSize(value) : NUMBER;
}
