import { type PrivilegeName, type PrivilegeState, privilegeState, type Token } from '@wmisec/access';
import { ComStatus, hresultFromWin32, WbemStatus, Win32Error, WmisecError } from '@wmisec/wbem';
import { requirePrivilege } from '../privilege/find-privilege.ts';

/** One privilege that an operation needs, and what to do about it. */
export interface PrivilegeAdvice {
  readonly name: PrivilegeName;
  readonly displayName: string;
  readonly state: PrivilegeState;
  /** null when it is enabled. */
  readonly fix: string | null;
}

export interface PrivilegeExplanation {
  readonly privileges: readonly PrivilegeAdvice[];
  /** Whether a privilege that is not enabled explains the error. */
  readonly explains: boolean;
  readonly sentence: string;
}

/** The statuses under which a missing privilege shows up: docs/rules.md 7.1. */
const PRIVILEGE_STATUSES: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD,
  WbemStatus.WBEM_E_ACCESS_DENIED,
  ComStatus.E_ACCESSDENIED,
  hresultFromWin32(Win32Error.ERROR_PRIVILEGE_NOT_HELD),
  hresultFromWin32(Win32Error.ERROR_NOT_ALL_ASSIGNED),
]);

/**
 * Says whether a privilege is why an operation failed: which, held or not, enabled or not, and how to get it.
 * @param needed what the operation needs, such as `privilegesNeeded` reads.
 * @param token the caller's own.
 * @returns null for an error that no privilege could explain.
 * @throws WmisecError `UNKNOWN_PRIVILEGE`
 */
export function explainPrivilegeError(
  error: unknown,
  needed: readonly PrivilegeName[],
  token: Token,
): PrivilegeExplanation | null {
  if (!(error instanceof WmisecError) || !PRIVILEGE_STATUSES.has(error.hresult ?? 0)) return null;
  const privileges = needed.map((name) => advise(name, token));
  const wanting = privileges.filter(({ state }) => state !== 'enabled');
  return { privileges, explains: wanting.length > 0, sentence: sentenceOf(error, needed, wanting) };
}

function advise(word: PrivilegeName, token: Token): PrivilegeAdvice {
  const { name, displayName } = requirePrivilege(word);
  const state = privilegeState(token, name);
  return { name, displayName, state, fix: fixOf(name, displayName, state) };
}

function fixOf(name: PrivilegeName, displayName: string, state: PrivilegeState): string | null {
  if (state === 'enabled') return null;
  if (state === 'disabled') return `enable ${name} for the call with withPrivilegedProxies`;
  return `have an administrator grant "${displayName}" to the account, sign in again, and run elevated`;
}

function sentenceOf(
  { code }: WmisecError,
  needed: readonly PrivilegeName[],
  wanting: readonly PrivilegeAdvice[],
): string {
  if (needed.length === 0) return `${code}: the operation names no privilege that it needs`;
  if (wanting.length === 0) return `${code}: every privilege it needs is enabled, so the reason is another`;
  const parts = wanting.map(({ name, state, fix }) => {
    const how = state === 'disabled' ? 'is held but not enabled' : 'is not held';
    return `${name} ${how}; ${fix}`;
  });
  return `${code}: ${parts.join('. ')}`;
}
