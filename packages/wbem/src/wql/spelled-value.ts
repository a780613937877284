import { type CimDateTime, type CimInterval, parseDateTime } from '../cim/datetime.ts';
import { ParseError } from '../errors/parse-error.ts';
import type { ObjectPath } from '../path/object-path.ts';
import { parseObjectPath } from '../path/parse-object-path.ts';

const DATETIME_LENGTH = 25;
const INTEGER = /^[+-]?\d{1,20}$/;
const REAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a string constant spells; null for none. */
export function spelledNumber(text: string): bigint | number | null {
  if (INTEGER.test(text)) return narrowed(BigInt(text.replace(/^\+/, '')));
  return REAL.test(text) ? Number(text) : null;
}

/** The boolean that a string constant spells, `"TRUE"` or `"0"`; null for none. */
export function spelledBoolean(text: string): boolean | null {
  const folded = text.toLowerCase();
  if (folded === 'true' || folded === '1') return true;
  return folded === 'false' || folded === '0' ? false : null;
}

/** The datetime that a string constant spells, in the form of CIM; null for none. */
export function spelledDateTime(text: string): CimDateTime | CimInterval | null {
  return text.length === DATETIME_LENGTH ? parsed(() => parseDateTime(text)) : null;
}

/** The path that a string spells; null for none. */
export function spelledPath(text: string): ObjectPath | null {
  return parsed(() => parseObjectPath(text));
}

/** Numbers compare faster than bigints, and exactly where they are safe integers. */
export function narrowed(value: bigint | number): bigint | number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function parsed<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
