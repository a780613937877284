import type { PrivilegeName } from './privilege-name.ts';
import type { Token } from './token.ts';

/** A privilege that a token does not list cannot be enabled; one that is held but disabled can. */
export type PrivilegeState = 'enabled' | 'disabled' | 'absent';

/** @see docs/rules.md 7.1 */
export function privilegeState({ privileges = [] }: Token, name: PrivilegeName): PrivilegeState {
  let state: PrivilegeState = 'absent';
  for (const privilege of privileges) {
    if (privilege === name) return 'enabled';
    if (typeof privilege === 'string' || privilege.name !== name) continue;
    if (privilege.enabled) return 'enabled';
    state = 'disabled';
  }
  return state;
}

/** True when the privilege is held and enabled: a disabled one counts for nothing in a check. */
export function hasPrivilege(token: Token, name: PrivilegeName): boolean {
  return privilegeState(token, name) === 'enabled';
}
