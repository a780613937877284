import type { ConditionOperand } from '../descriptor/condition.ts';
import type { SddlCursor } from './sddl-cursor.ts';

type Int = ConditionOperand & { kind: 'int' };

const INTEGER = /([+-]?)(0x[0-9a-f]+|[0-9]+)/iy;
const MAX_DIGITS = 24;
const MAX_BITS = (1n << 64n) - 1n;
const MAX_INT64 = (1n << 63n) - 1n;
const MIN_INT64 = -(1n << 63n);

/**
 * Reads an integer as C writes it: `0x` hex, `0` octal, else decimal. Hex and octal may fill all 64 bits, and
 * then mean the negative number of those bits. Windows also takes larger ones and cuts them off; these are
 * refused here.
 * @see [MS-DTYP] 2.4.4.17.5
 */
export function readInteger(cursor: SddlCursor): Int {
  const start = cursor.at;
  INTEGER.lastIndex = start;
  const match = INTEGER.exec(cursor.text);
  if (match === null) throw cursor.error(start, 'a literal: an integer, "text", #octets or SID(...)');
  const digits = match[2]!;
  const base = baseOf(digits);
  const sign = match[1] === '+' ? 'plus' : match[1] === '-' ? 'minus' : 'none';
  if (digits.length > MAX_DIGITS || (base === 8 && /[89]/.test(digits))) {
    throw cursor.error(start, `an integer of base ${base} and 64 bits`);
  }
  const magnitude = BigInt(base === 8 ? `0o${digits}` : digits);
  const value = sign === 'minus' ? -magnitude : magnitude;
  const bits = base !== 10 && sign === 'none' && value <= MAX_BITS ? BigInt.asIntN(64, value) : value;
  if (bits > MAX_INT64 || bits < MIN_INT64)
    throw cursor.error(start, `an integer of base ${base} and 64 bits`);
  cursor.at = INTEGER.lastIndex;
  return { kind: 'int', value: bits, size: 8, sign, base };
}

function baseOf(digits: string): 8 | 10 | 16 {
  if (digits[0] !== '0' || digits.length === 1) return 10;
  return digits[1] === 'x' || digits[1] === 'X' ? 16 : 8;
}
