import type { PrivilegeName } from '@wmisec/access';
import { TokenHandle } from '@wmisec/access/native';
import { type Native, TokenAccess } from '@wmisec/com-core';
import { hresultFromWin32, TokenImpersonationLevel, WbemError, Win32Error, WmisecError } from '@wmisec/wbem';
import { setThreadToken, ThreadIdentity } from '../token/thread-identity.ts';
import { duplicateToken } from '../token/token-identity.ts';
import { withPrivileges } from './enable-privileges.ts';

const ACCESS = TokenAccess.TOKEN_QUERY | TokenAccess.TOKEN_DUPLICATE | TokenAccess.TOKEN_IMPERSONATE;

/** A token with privileges enabled that lies on no thread; it is put on for moments with `wear`. */
export class CapturedToken implements Disposable {
  readonly #native: Native;
  readonly #token: TokenHandle;
  #open = true;

  private constructor(native: Native, token: TokenHandle) {
    this.#native = native;
    this.#token = token;
  }

  /** @throws what `withPrivileges` throws. */
  static of(native: Native, names: readonly PrivilegeName[]): CapturedToken {
    return new CapturedToken(
      native,
      withPrivileges(names, () => copyOfThread(native), { native }),
    );
  }

  /**
   * Runs a synchronous function while this thread has the token, then gives the thread what it had.
   * @throws WmisecError `DISPOSED`, `REVERT_FAILED`; WbemError.
   */
  wear<R>(fn: () => R): R {
    if (!this.#open)
      throw new WmisecError('DISPOSED', 'the operation that these privileges were for has ended');
    using before = ThreadIdentity.capture(this.#native);
    const { result, lastError } = setThreadToken(this.#native, this.#token);
    if (result === 0)
      throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'SetThreadToken' });
    try {
      return fn();
    } finally {
      before.restore();
    }
  }

  [Symbol.dispose](): void {
    this.#open = false;
    this.#token[Symbol.dispose]();
  }
}

function copyOfThread(native: Native): TokenHandle {
  using own = TokenHandle.ofThread(native);
  if (own !== null) return duplicateToken(native, own, TokenImpersonationLevel.Impersonation, ACCESS);
  throw new WbemError(hresultFromWin32(Win32Error.ERROR_NO_TOKEN), undefined, {
    operation: 'OpenThreadToken',
  });
}
