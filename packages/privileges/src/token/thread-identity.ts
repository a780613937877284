import { TokenHandle } from '@wmisec/access/native';
import { type Native, NULL, TokenAccess } from '@wmisec/com-core';
import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';
import { tokenIdOf } from './token-identity.ts';

const ACCESS = TokenAccess.TOKEN_QUERY | TokenAccess.TOKEN_DUPLICATE | TokenAccess.TOKEN_IMPERSONATE;

/**
 * What this thread acts as, remembered so that it can be given back exactly: the very token it impersonates,
 * or none. Belongs to the thread that captured it.
 */
export class ThreadIdentity implements Disposable {
  /** null when the thread acts as the process. */
  readonly token: TokenHandle | null;
  readonly #native: Native;
  readonly #id: string | null;

  private constructor(native: Native, token: TokenHandle | null) {
    this.#native = native;
    this.token = token;
    this.#id = token === null ? null : tokenIdOf(native, token);
  }

  /** @throws WbemError when the thread's token cannot be opened. */
  static capture(native: Native): ThreadIdentity {
    const token = TokenHandle.ofThread(native, ACCESS);
    try {
      return new ThreadIdentity(native, token);
    } catch (error) {
      token?.[Symbol.dispose]();
      throw error;
    }
  }

  /** Whether the thread acts as it did; false when nobody can tell, as for an anonymous token. */
  inForce(): boolean {
    try {
      return currentTokenId(this.#native) === this.#id;
    } catch {
      return false;
    }
  }

  /**
   * Gives the thread what it had, and proves it. When that fails the thread acts as the process.
   * @throws WmisecError `REVERT_FAILED`: the thread must not be used for anything that is checked.
   */
  restore(): void {
    const { result, lastError } = setThreadToken(this.#native, this.token);
    if (result !== 0 && this.inForce()) return;
    this.#native.advapi32.RevertToSelf();
    throw new WmisecError('REVERT_FAILED', `the thread's identity could not be given back (${lastError})`, {
      hresult: hresultFromWin32(lastError || Win32Error.ERROR_ACCESS_DENIED),
    });
  }

  [Symbol.dispose](): void {
    this.token?.[Symbol.dispose]();
  }
}

/** Puts a token on this thread; null takes any off. */
export function setThreadToken(native: Native, token: TokenHandle | null) {
  return native.withLastError(() => native.advapi32.SetThreadToken(NULL, token?.handle ?? NULL));
}

function currentTokenId(native: Native): string | null {
  using current = TokenHandle.ofThread(native);
  return current === null ? null : tokenIdOf(native, current);
}
