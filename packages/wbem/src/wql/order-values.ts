import { compareDateTime, isCimDateTime } from '../cim/datetime.ts';
import type { CimValue } from '../cim/values.ts';
import { compileDateTimeOrder } from './datetime-order.ts';
import type { WqlConstant } from './query.ts';
import { narrowed, spelledBoolean, spelledDateTime, spelledNumber } from './spelled-value.ts';

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
  const boolean = spelledBoolean(constant);
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
