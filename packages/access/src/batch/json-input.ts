import { WmisecError } from '@wmisec/wbem';

export type JsonObject = Readonly<Record<string, unknown>>;

const SHOWN = 60;

/** The error for a value of the wrong kind: `INVALID_ARGUMENT`, with where it stands. */
export function expected(what: string, got: unknown, where: string): WmisecError {
  return new WmisecError('INVALID_ARGUMENT', `${where}: expected ${what}, got ${shown(got)}`);
}

/** Lists and objects are not printed: they may be as deep as their sender likes. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN));
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

/** An object without the members that are `null`, which count as absent. */
export function objectAt(value: unknown, where: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw expected('an object', value, where);
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

export function listAt(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw expected('a list', value, where);
}

export function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw expected('a string', value, where);
}

export function uint32(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return value;
  throw expected('an unsigned number of 32 bits', value, where);
}
