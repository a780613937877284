import { type PrivilegeName, privilegeState, type Token, type TokenPrivilege } from '@wmisec/access';
import { requirePrivileges } from '../privilege/find-privilege.ts';
import { PrivilegesMissingError } from './privileges-missing-error.ts';

/**
 * The same token with privileges enabled, as `AdjustTokenPrivileges` would make it: for principals that are data,
 * such as those of an embedded service. Like there, what the token does not hold cannot be enabled.
 * @throws PrivilegesMissingError; WmisecError `INVALID_ARGUMENT` for no names, `UNKNOWN_PRIVILEGE`.
 * @see docs/rules.md 7.1, 7.3
 */
export function enableInToken(token: Token, names: readonly PrivilegeName[]): Token {
  const wanted = new Set(requirePrivileges(names));
  const missing = [...wanted].filter((name) => privilegeState(token, name) === 'absent');
  if (missing.length > 0) throw new PrivilegesMissingError(missing);
  const enabled = (privilege: PrivilegeName | TokenPrivilege) =>
    typeof privilege !== 'string' && wanted.has(privilege.name) ? privilege.name : privilege;
  return { ...token, privileges: (token.privileges ?? []).map(enabled) };
}
