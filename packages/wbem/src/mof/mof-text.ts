import { checkIdentifier } from '../cim/names.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';

const NAMED_ESCAPES = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ["'", "\\'"],
  ['\\', '\\\\'],
]);

// Halves of surrogate pairs are escaped when they stand alone, so that the text can be stored as UTF-8.
const IN_STRING = /["\\\p{Cc}\p{Cs}\ufeff]/gu;
const IN_CHAR = /['\\\p{Cc}\p{Cs}\ufeff]/gu;

/** A string in double quotes, with everything escaped that would not be read back. */
export function stringText(value: string): string {
  return `"${value.replace(IN_STRING, escapeUnit)}"`;
}

/** One UTF-16 unit in single quotes. */
export function charText(value: string): string {
  return `'${value.replace(IN_CHAR, escapeUnit)}'`;
}

/**
 * A real number with the point that sets it apart from an integer.
 * @throws WbemError `WBEM_E_VALUE_OUT_OF_RANGE` for NaN and infinity, which MOF cannot write.
 */
export function realText(value: number): string {
  if (!Number.isFinite(value))
    throw new WbemError(WbemStatus.WBEM_E_VALUE_OUT_OF_RANGE, `MOF writes finite numbers, got ${value}`);
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : text.replace(/^-?\d+/, '$&.0');
}

/**
 * A name, as it is.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for one that would not be read back as a name.
 */
export function nameText(name: string): string {
  checkIdentifier(name);
  return name;
}

function escapeUnit(unit: string): string {
  return NAMED_ESCAPES.get(unit) ?? `\\x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
