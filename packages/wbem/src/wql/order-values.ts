import {
  type CimDateTime,
  type CimInterval,
  compareDateTime,
  isCimDateTime,
  parseDateTime,
} from '../cim/datetime.ts';
import type { CimValue } from '../cim/values.ts';
import { ParseError } from '../errors/parse-error.ts';
import { compileDateTimeOrder } from './datetime-order.ts';
import type { WqlConstant } from './query.ts';

const DATETIME_LENGTH = 25;

/** Negative, zero or positive as a value is below, at or above another; NaN when the two have no order. */
export type Order = number;

/**
 * How values stand to one constant. Strings compare in any case; a string beside a number, a boolean or a
 * datetime counts as what it spells; TRUE is 1, and -1 beside a boolean.
 * @see Microsoft, "WHERE Clause" (WQL)
 */
export function compileOrder(constant: WqlConstant): (value: CimValue) => Order {
  if (typeof constant === 'string') return orderOfString(constant);
  if (typeof constant === 'boolean') return orderOfBoolean(constant);
  if (constant === null) return (value) => (value === null ? 0 : 1);
  return orderOfNumber(constant);
}

/** How two values of properties stand to each other. */
export function orderValues(a: CimValue, b: CimValue): Order {
  if (a === null || b === null) return a === b ? 0 : Number.NaN;
  if (typeof a === 'string' && typeof b === 'string') return orderText(a.toLowerCase(), b.toLowerCase());
  if (isCimDateTime(b)) return isCimDateTime(a) ? (compareDateTime(a, b) ?? Number.NaN) : -orderValues(b, a);
  return typeof b === 'object' ? Number.NaN : compileOrder(b)(a);
}

function orderOfString(constant: string): (value: CimValue) => Order {
  const folded = constant.toLowerCase();
  const number = spelledNumber(constant);
  const boolean = spelledBoolean(folded);
  const instant = spelledDateTime(constant);
  const orderDateTime = instant === null ? null : compileDateTimeOrder(instant);
  return (value) => {
    if (typeof value === 'string') return orderText(value.toLowerCase(), folded);
    if (typeof value === 'number' || typeof value === 'bigint')
      return number === null ? Number.NaN : orderNumbers(value, number);
    if (typeof value === 'boolean') return boolean === null ? Number.NaN : Number(value) - Number(boolean);
    return orderDateTime !== null && isCimDateTime(value) ? orderDateTime(value) : Number.NaN;
  };
}

function orderOfNumber(constant: bigint | number): (value: CimValue) => Order {
  const number = narrowed(constant);
  const text = String(constant).toLowerCase();
  return (value) => {
    if (typeof value === 'number' || typeof value === 'bigint') return orderNumbers(value, number);
    if (typeof value === 'string') return orderText(value.toLowerCase(), text);
    return typeof value === 'boolean' ? orderNumbers(Number(value), number === -1 ? 1 : number) : Number.NaN;
  };
}

function orderOfBoolean(constant: boolean): (value: CimValue) => Order {
  const number = Number(constant);
  const text = String(constant);
  return (value) => {
    if (typeof value === 'boolean') return Number(value) - number;
    if (typeof value === 'number' || typeof value === 'bigint') return orderNumbers(value, number);
    return typeof value === 'string' ? orderText(value.toLowerCase(), text) : Number.NaN;
  };
}

function orderText(a: string, b: string): Order {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function orderNumbers(a: number | bigint, b: number | bigint): Order {
  if (a < b) return -1;
  if (a > b) return 1;
  return a >= b ? 0 : Number.NaN;
}

/** Numbers compare faster than bigints, and exactly where they are safe integers. */
function narrowed(value: bigint | number): bigint | number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function spelledNumber(text: string): bigint | number | null {
  if (/^[+-]?\d{1,20}$/.test(text)) return narrowed(BigInt(text.replace(/^\+/, '')));
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

function spelledBoolean(folded: string): boolean | null {
  if (folded === 'true' || folded === '1') return true;
  return folded === 'false' || folded === '0' ? false : null;
}

function spelledDateTime(text: string): CimDateTime | CimInterval | null {
  if (text.length !== DATETIME_LENGTH) return null;
  try {
    return parseDateTime(text);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
