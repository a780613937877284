import { CimType } from '../cim/cim-type.ts';
import type { WqlConstant } from './query.ts';
import { spelledBoolean, spelledDateTime, spelledNumber } from './spelled-value.ts';

/** True when a constant can be compared with values of a type. */
export function fitsType(constant: WqlConstant, type: CimType): boolean {
  if (constant === null) return true;
  switch (type) {
    case CimType.String:
    case CimType.Reference:
    case CimType.Char16:
      return true;
    case CimType.Object:
      return false;
    case CimType.DateTime:
      return typeof constant === 'string' && spelledDateTime(constant) !== null;
    case CimType.Boolean:
      return fitsBoolean(constant);
    default:
      return typeof constant !== 'string' || spelledNumber(constant) !== null;
  }
}

/** True when values of a type are text that LIKE can match. */
export function isText(type: CimType): boolean {
  return (
    type === CimType.String ||
    type === CimType.Reference ||
    type === CimType.Char16 ||
    type === CimType.DateTime
  );
}

function fitsBoolean(constant: Exclude<WqlConstant, null>): boolean {
  if (typeof constant === 'string') return spelledBoolean(constant) !== null;
  return typeof constant === 'boolean' || [-1, 0, 1].includes(Number(constant));
}
