import { WbemStatus } from '@wmisec/wbem';
import { type PreparedDescriptor, prepareDescriptor } from '../check/prepare-descriptor.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import type { GateOutcome } from './gate.ts';
import type { Principal } from './principal.ts';
import { providerAccess } from './provider-access.ts';
import { refused } from './refused.ts';

export interface DecoupledRegistrationState {
  /** `__Win32Provider.SecurityDescriptor`, SDDL; null lets only the three accounts of services register. */
  readonly securityDescriptor: string | null;
}

/** The right to register, the one bit that the descriptor knows. */
const REGISTER = 0x1;

/** LocalSystem, NetworkService and LocalService. */
const SERVICES_ONLY = 'O:SYG:SYD:(A;;0x1;;;SY)(A;;0x1;;;NS)(A;;0x1;;;LS)';

/**
 * Who may register a decoupled provider under a name. A descriptor that cannot be read lets nobody.
 * @see docs/rules.md 9.10, 9.14
 */
export function decoupledRegistration(
  principal: Principal,
  _request: object,
  { securityDescriptor }: DecoupledRegistrationState,
): GateOutcome {
  const descriptor = prepared(securityDescriptor ?? SERVICES_ONLY);
  if (descriptor === null)
    return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'decoupled-registration', {
      missing: ['a readable SecurityDescriptor'],
      fix: 'write SDDL with owner and group, such as O:BAG:BAD:(A;;0x1;;;BA), into __Win32Provider.SecurityDescriptor',
    });
  const outcome = providerAccess(principal, { desired: REGISTER }, { providerDescriptor: descriptor });
  if (outcome.passed) return outcome;
  return refused(outcome.status, 'decoupled-registration', {
    ...outcome.refusal,
    fix: `grant 0x1 to ${principal.name} in __Win32Provider.SecurityDescriptor`,
  });
}

function prepared(sddl: string): PreparedDescriptor | null {
  try {
    return prepareDescriptor(parseSddl(sddl));
  } catch {
    return null;
  }
}
