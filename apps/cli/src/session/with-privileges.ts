import type { Principal } from '@wmisec/access';
import { privilegeNames } from './privilege-names.ts';

/**
 * A principal of the embedded service whose calls arrive with privileges enabled. On this machine they are held
 * disabled until they are asked for.
 * @throws WmisecError `INVALID_ARGUMENT` for a word that is no privilege; PrivilegesMissingError for one that the
 *   principal does not hold.
 * @see docs/rules.md 7.1
 */
export async function withPrivileges(
  principal: Principal,
  words: readonly string[] | undefined,
): Promise<Principal> {
  if (words === undefined) return principal;
  const { enableInToken } = await import('@wmisec/privileges');
  return { ...principal, token: enableInToken(principal.token, await privilegeNames(words)) };
}
