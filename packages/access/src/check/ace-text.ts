import type { Ace } from '../descriptor/ace.ts';

/** An entry as SDDL; `null` for one that SDDL cannot express. */
export function aceText(_ace: Ace): string | null {
  return null;
}
