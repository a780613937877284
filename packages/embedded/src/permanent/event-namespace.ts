import { invalidPart } from './invalid-part.ts';

/** `root\cimv2` with nothing, a slash, or this machine in front, slashes leaning either way. */
const PATH = /^(?:\\\\(?:\.|localhost)\\|\\)?(root(?:\\[^\\:]+)*)$/i;

/**
 * The namespace from which a filter takes its events.
 * @param value of `__EventFilter.EventNamespace`. @param own of the filter.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for what is no namespace of this machine.
 */
export function eventNamespace(value: unknown, own: string): string {
  if (typeof value !== 'string' || value === '') return own;
  const path = PATH.exec(value.replaceAll('/', '\\'))?.[1];
  if (path !== undefined) return path;
  const shown = JSON.stringify(value.slice(0, 80));
  throw invalidPart(`EventNamespace: expected a namespace such as root\\cimv2, got ${shown}`);
}
