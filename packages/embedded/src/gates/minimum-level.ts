import { type GateOutcome, PASSED, type Principal, refused } from '@wmisec/access';
import { AuthnLevel, authnLevelName, ComStatus } from '@wmisec/wbem';

/**
 * Gate 3, the part of it that a host in one process has: calls that nobody vouches for are refused before WMI
 * sees them.
 * @see docs/rules.md 0.3, 2.4
 */
export function minimumLevel({ authnLevel }: Principal): GateOutcome {
  if (authnLevel >= AuthnLevel.Connect) return PASSED;
  const needed = authnLevelName(AuthnLevel.Connect);
  return refused(ComStatus.E_ACCESSDENIED, 'dcom-limits', {
    missing: [needed],
    fix: `set the authentication level of the proxy to ${needed} or above; the call arrived at ${authnLevelName(authnLevel)}`,
  });
}
