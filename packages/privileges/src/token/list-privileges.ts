import type { PrivilegeName, PrivilegeState } from '@wmisec/access';
import { openNative, PrivilegeAttribute } from '@wmisec/com-core';
import { requirePrivilege } from '../privilege/find-privilege.ts';
import type { Privilege } from '../privilege/privilege.ts';
import { PRIVILEGES } from '../privilege/privileges.ts';
import { lookupLuid } from './lookup-luid.ts';
import { type LuidState, readLuidStates } from './luid-states.ts';
import { openToken, type TokenOptions } from './token-source.ts';

/** A privilege and how it stands in a token. */
export interface TokenPrivilegeState extends Privilege {
  readonly state: PrivilegeState;
  /** True when the token was made with it enabled. */
  readonly enabledByDefault: boolean;
}

/**
 * Every privilege with its state in a token, in the order of `PRIVILEGES`; `absent` for what the token does
 * not hold or this system does not know.
 * @throws WbemError with the Win32 error as HRESULT; WmisecError `UNSUPPORTED_PLATFORM`.
 */
export function listPrivileges(options: TokenOptions = {}): TokenPrivilegeState[] {
  const { native = openNative() } = options;
  using token = openToken({ ...options, native });
  const held = new Map(readLuidStates(native, token).map((state) => [state.luid, state]));
  return PRIVILEGES.map((privilege) => {
    const luid = lookupLuid(native, privilege.name);
    return { ...privilege, ...standing(luid === null ? undefined : held.get(luid)) };
  });
}

/** How one privilege stands in a token. @throws as `listPrivileges`; WmisecError `UNKNOWN_PRIVILEGE`. */
export function privilegeStateOf(name: PrivilegeName, options: TokenOptions = {}): PrivilegeState {
  const { name: known } = requirePrivilege(name);
  return listPrivileges(options).find((entry) => entry.name === known)?.state ?? 'absent';
}

function standing(held: LuidState | undefined): Pick<TokenPrivilegeState, 'state' | 'enabledByDefault'> {
  if (held === undefined) return { state: 'absent', enabledByDefault: false };
  const has = (bit: number) => (held.attributes & bit) !== 0;
  if (has(PrivilegeAttribute.SE_PRIVILEGE_REMOVED)) return { state: 'absent', enabledByDefault: false };
  return {
    state: has(PrivilegeAttribute.SE_PRIVILEGE_ENABLED) ? 'enabled' : 'disabled',
    enabledByDefault: has(PrivilegeAttribute.SE_PRIVILEGE_ENABLED_BY_DEFAULT),
  };
}
