import type { PrivilegeName } from '@wmisec/access';
import { openNative } from '@wmisec/com-core';
import { requirePrivileges } from '../privilege/find-privilege.ts';
import type { TokenOptions } from '../token/token-source.ts';
import { PrivilegeScope } from './privilege-scope.ts';
import { type RaisedToken, raiseProcessToken, raiseThreadToken } from './raised-token.ts';
import { requireSynchronous, type Synchronous } from './synchronous.ts';

/**
 * Enables privileges for the rest of a block:
 *
 *     using scope = enablePrivileges(['SeSecurityPrivilege']);
 *
 * They go onto a token made for this thread, whose own comes back with the disposal; the token of the process
 * is touched with `{ token: 'process' }` only. The block must not await.
 * @throws PrivilegesMissingError `ERROR_NOT_ALL_ASSIGNED` with the privileges that are not held.
 * @throws WmisecError `UNKNOWN_PRIVILEGE`, `INVALID_ARGUMENT` for no names, `UNSUPPORTED_PLATFORM`.
 * @throws WbemError with a Win32 error as HRESULT: 1346 on a thread that impersonates for identification only.
 * @see docs/rules.md 7.2, 7.3
 */
export function enablePrivileges(
  names: readonly PrivilegeName[],
  options: TokenOptions = {},
): PrivilegeScope {
  return new PrivilegeScope(raise(names, options));
}

/**
 * Runs a function with privileges enabled, and gives the thread's token back exactly as it was, also when the
 * function throws.
 * @returns what the function returns.
 * @throws what `enablePrivileges` throws; WmisecError `SCOPE_CROSSES_AWAIT` when the function returns a thenable.
 */
export function withPrivileges<R>(
  names: readonly PrivilegeName[],
  fn: (() => R) & Synchronous<R>,
  options: TokenOptions = {},
): R {
  const raised = raise(names, options);
  let result: R;
  try {
    result = fn();
  } finally {
    raised.lower();
  }
  return requireSynchronous(result, 'withPrivileges');
}

function raise(
  names: readonly PrivilegeName[],
  { token = 'thread', native = openNative() }: TokenOptions,
): RaisedToken {
  const known = requirePrivileges(names);
  return token === 'process' ? raiseProcessToken(native, known) : raiseThreadToken(native, known);
}
