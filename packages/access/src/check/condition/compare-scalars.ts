import type { Scalar } from './operand-value.ts';

/**
 * Less than, equal or greater than zero; `null` when the two cannot be compared. A Boolean is 0 or 1 beside an
 * integer. Strings are compared by UTF-16 units, in one case unless they are case-sensitive.
 * @see [MS-DTYP] 2.4.4.17.6
 */
export function compareScalars(a: Scalar, b: Scalar, caseSensitive: boolean): number | null {
  if (a.type === 'bool' || b.type === 'bool') return compareBooleans(a, b);
  if (a.type === 'int' && b.type === 'int') return compare(a.value, b.value);
  if (a.type === 'string' && b.type === 'string')
    return caseSensitive ? compare(a.value, b.value) : compare(upper(a.value), upper(b.value));
  if (a.type === 'sid' && b.type === 'sid') return compare(a.value, b.value);
  if (a.type === 'octets' && b.type === 'octets') return compareBytes(a.value, b.value);
  return null;
}

/** True for types with an order; SIDs and Booleans are equal or not. */
export function isOrdered({ type }: Scalar): boolean {
  return type === 'int' || type === 'string' || type === 'octets';
}

/** A Boolean beside an integer counts as 0 or 1. */
function compareBooleans(a: Scalar, b: Scalar): number | null {
  const left = asInteger(a);
  const right = asInteger(b);
  return left === null || right === null ? null : compare(left, right);
}

function asInteger(scalar: Scalar): bigint | null {
  if (scalar.type === 'bool') return scalar.value ? 1n : 0n;
  return scalar.type === 'int' ? scalar.value : null;
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** Unit by unit, as Windows does: a letter whose capital is longer stays as it is. */
function upper(text: string): string {
  const whole = text.toUpperCase();
  if (whole.length === text.length) return whole;
  let result = '';
  for (const unit of text.split('')) {
    const capital = unit.toUpperCase();
    result += capital.length === 1 ? capital : unit;
  }
  return result;
}
