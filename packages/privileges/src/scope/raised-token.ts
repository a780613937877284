import type { PrivilegeName } from '@wmisec/access';
import { TokenHandle } from '@wmisec/access/native';
import { type Native, TokenAccess } from '@wmisec/com-core';
import { hresultFromWin32, TokenImpersonationLevel, WbemError, Win32Error } from '@wmisec/wbem';
import { enableOnToken, restorePrivileges } from '../token/adjust-privileges.ts';
import { setThreadToken, ThreadIdentity } from '../token/thread-identity.ts';
import { duplicateToken, impersonationLevelOf } from '../token/token-identity.ts';

const { TOKEN_ADJUST_PRIVILEGES, TOKEN_DUPLICATE, TOKEN_IMPERSONATE, TOKEN_QUERY } = TokenAccess;
const ACCESS = TOKEN_ADJUST_PRIVILEGES | TOKEN_DUPLICATE | TOKEN_IMPERSONATE | TOKEN_QUERY;

/** Privileges that are enabled until `lower`. */
export interface RaisedToken {
  /** Whether the privileges are what this thread acts with: false while another scope lies over this one. */
  inForce(): boolean;
  /** Gives the thread what it had and takes the privileges back, proven. Once. @throws WmisecError `REVERT_FAILED` */
  lower(): void;
  /** Takes the privileges back from the token wherever it is, and leaves the thread alone. Instead of `lower`. */
  abandon(): void;
}

/**
 * Enables privileges on a token made for this thread: of the process, or of whom the thread impersonates. The
 * token that was there is put aside untouched.
 * @throws PrivilegesMissingError; WbemError 1346 when the thread's token is for identification only.
 * @see docs/rules.md 7.2
 */
export function raiseThreadToken(native: Native, names: readonly PrivilegeName[]): RaisedToken {
  const before = ThreadIdentity.capture(native);
  try {
    wearCopy(native, before.token);
    const raised = raiseWorn(native, names);
    const own = ThreadIdentity.capture(native);
    const abandon = () => {
      using _before = before;
      using _own = own;
      raised.defuse();
    };
    const lower = () => {
      try {
        before.restore();
      } finally {
        abandon();
      }
    };
    return { inForce: () => own.inForce(), lower, abandon };
  } catch (error) {
    before.restore();
    before[Symbol.dispose]();
    throw error;
  }
}

/** Enables privileges on the token of the process, for every thread. @throws PrivilegesMissingError */
export function raiseProcessToken(native: Native, names: readonly PrivilegeName[]): RaisedToken {
  const token = TokenHandle.ofProcess(native, TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY);
  const raised = enable(native, token, names);
  return { inForce: () => true, lower: raised.defuse, abandon: raised.defuse };
}

/** A copy of the thread's own token, or of the process's, becomes the thread's. */
function wearCopy(native: Native, token: TokenHandle | null): void {
  const level = TokenImpersonationLevel.Impersonation;
  if (token === null) {
    const { result, lastError } = native.withLastError(() => native.advapi32.ImpersonateSelf(level));
    if (result !== 0) return;
    throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'ImpersonateSelf' });
  }
  const own = impersonationLevelOf(native, token);
  if (own < level) throw identificationOnly();
  using copy = duplicateToken(native, token, own, ACCESS);
  const { result, lastError } = setThreadToken(native, copy);
  if (result === 0)
    throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'SetThreadToken' });
}

function raiseWorn(native: Native, names: readonly PrivilegeName[]) {
  const token = TokenHandle.ofThread(native, ACCESS);
  if (token !== null) return enable(native, token, names);
  throw new WbemError(hresultFromWin32(Win32Error.ERROR_NO_TOKEN), undefined, {
    operation: 'OpenThreadToken',
  });
}

/** Takes the token over. */
function enable(native: Native, token: TokenHandle, names: readonly PrivilegeName[]) {
  try {
    const previous = enableOnToken(native, token, names);
    return {
      defuse() {
        using _token = token;
        restorePrivileges(native, token, previous);
      },
    };
  } catch (error) {
    token[Symbol.dispose]();
    throw error;
  }
}

function identificationOnly(): WbemError {
  return new WbemError(
    hresultFromWin32(Win32Error.ERROR_BAD_IMPERSONATION_LEVEL),
    'this thread impersonates at identification level: its token can be checked, not acted with',
    { operation: 'enablePrivileges' },
  );
}
