import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { WbemLimits } from './limits.ts';

const START = String.raw`(?:[A-Za-z_]|(?![\s\p{C}])[\u0080-\uffef])`;

/**
 * The pattern of a name, for the `u` flag: what DSP0004 allows, without spaces and invisible characters. It
 * stops one unit past the longest name, so that a name that is too long shows and no text can exhaust it.
 */
export const IDENTIFIER = `${START}(?:[0-9]|${START}){0,${WbemLimits.MaxIdentifier}}`;

const WHOLE_IDENTIFIER = new RegExp(`^${IDENTIFIER}$`, 'u');

/** The form in which names are compared: CIM names are equal in any case. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

export function sameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}

/** True for a name that WMI keeps to itself: it begins with two underscores, as in `__EventFilter`. */
export function isSystemClassName(name: string): boolean {
  return name.startsWith('__');
}

/**
 * A name by the rules of CIM: a letter or underscore, then letters, digits and underscores; at most
 * `WbemLimits.MaxIdentifier` units.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for anything else, `WBEM_E_QUOTA_VIOLATION` when too long.
 * @see DMTF DSP0004 annex A
 */
export function checkIdentifier(name: string, what = 'name'): void {
  if (name.length > WbemLimits.MaxIdentifier)
    throw new WbemError(
      WbemStatus.WBEM_E_QUOTA_VIOLATION,
      `a ${what} has at most ${WbemLimits.MaxIdentifier} characters, got ${name.length}`,
    );
  if (!WHOLE_IDENTIFIER.test(name))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_PARAMETER,
      `a ${what} is a letter or underscore, then letters, digits and underscores, got ${JSON.stringify(name.slice(0, 60))}`,
    );
}

/**
 * The name of a class that a client may put. Names that begin with an underscore belong to WMI.
 * @throws WbemError `WBEM_E_INVALID_OPERATION` for a leading underscore, `WBEM_E_INVALID_OBJECT` for a
 *   trailing one or no name, `WBEM_E_QUOTA_VIOLATION` when longer than `WbemLimits.MaxIdentifier`.
 * @see docs/rules.md 14
 */
export function checkClassName(name: string): void {
  const shown = JSON.stringify(name.slice(0, 60));
  if (name.startsWith('_'))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_OPERATION,
      `a class name cannot begin with an underscore, got ${shown}`,
    );
  if (name.endsWith('_'))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_OBJECT,
      `a class name cannot end with an underscore, got ${shown}`,
    );
  if (name === '') throw new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT, 'a class needs a name');
  checkIdentifier(name, 'class name');
}
