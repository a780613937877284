import type { Principal } from '@wmisec/access';
import type { AuthIdentity } from '@wmisec/wbem';
import type { Accounts } from './accounts.ts';

const NTLM_DOMAIN = /^ntlmdomain:(.+)$/is;

/**
 * Lets the user in whose credentials came with a connection from another machine.
 * @param client how its calls arrive.
 * @param authority names the domain as `NTLMDOMAIN:domain`, when the identity does not.
 * @throws WbemError `E_ACCESSDENIED`.
 */
export function logonIdentity(
  accounts: Accounts,
  client: Principal,
  identity: AuthIdentity,
  authority: string | null,
): Promise<Principal> {
  const { authnService, authnLevel, impLevel } = client;
  return accounts.logon({
    user: identity.user,
    domain: identity.domain ?? NTLM_DOMAIN.exec(authority ?? '')?.[1],
    // A copy: the logon outlives the loan, and wipes it.
    password: identity.withPassword((utf16) => Uint8Array.from(utf16)),
    remote: true,
    authnService,
    authnLevel,
    impLevel,
  });
}
