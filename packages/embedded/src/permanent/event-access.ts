import { type PreparedDescriptor, parseSddl, prepareNamespaceDescriptor } from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';
import { invalidPart } from './invalid-part.ts';

/**
 * Who may publish to a filter.
 * @param value of `__EventFilter.EventAccess`, SDDL.
 * @returns null for null, with which everyone may.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for what is no descriptor with owner and group.
 * @see docs/rules.md 5.7
 */
export function prepareEventAccess(value: unknown): PreparedDescriptor | null {
  if (typeof value !== 'string') return null;
  try {
    return prepareNamespaceDescriptor(parseSddl(value));
  } catch (cause) {
    const why = cause instanceof WmisecError ? `: ${cause.message}` : '';
    throw invalidPart(`EventAccess: expected a descriptor with owner and group${why}`, cause);
  }
}
