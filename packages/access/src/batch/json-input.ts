import { WmisecError } from '@wmisec/wbem';

export type JsonObject = Readonly<Record<string, unknown>>;

const SHOWN = 60;

/** The error for a value of the wrong kind: `INVALID_ARGUMENT`, with where it stands. */
export function expected(what: string, got: unknown, where: string): WmisecError {
  const shown = got === undefined ? 'nothing' : (JSON.stringify(got) ?? typeof got).slice(0, SHOWN);
  return new WmisecError('INVALID_ARGUMENT', `${where}: expected ${what}, got ${shown}`);
}

export function objectAt(value: unknown, where: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw expected('an object', value, where);
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
