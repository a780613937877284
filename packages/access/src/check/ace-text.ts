import { WmisecError } from '@wmisec/wbem';
import type { Ace } from '../descriptor/ace.ts';
import type { Condition } from '../descriptor/condition.ts';
import { formatAce } from '../sddl/format-ace.ts';
import { formatCondition } from '../sddl/format-condition.ts';

/** An entry as SDDL; `null` for one that SDDL cannot express. */
export function aceText(ace: Ace): string | null {
  return unlessInexpressible(() => formatAce(ace, undefined));
}

/** A condition as SDDL; `null` for one that SDDL cannot express. */
export function conditionText(condition: Condition): string | null {
  return unlessInexpressible(() => formatCondition(condition, undefined));
}

function unlessInexpressible(format: () => string): string | null {
  try {
    return format();
  } catch (error) {
    if (error instanceof WmisecError) return null;
    throw error;
  }
}
