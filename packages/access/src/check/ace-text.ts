import type { Ace } from '../descriptor/ace.ts';
import { formatAce } from '../sddl/format-ace.ts';

/** An entry as SDDL; `null` for one that SDDL cannot express. */
export function aceText(ace: Ace): string | null {
  try {
    return formatAce(ace, undefined);
  } catch {
    return null;
  }
}
