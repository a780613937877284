import type { Native, Ptr } from '@wmisec/com-core';
import { hresultFromWin32, WbemError, Win32Error } from '@wmisec/wbem';

const TOKEN_DUPLICATE = 0x2;
const TOKEN_QUERY = 0x8;
const TOKEN_IMPERSONATION = 2;
const SECURITY_IDENTIFICATION = 1;

/** A token of the operating system, closed when disposed. */
export class TokenHandle implements Disposable {
  readonly handle: Ptr<'HANDLE'>;
  readonly #native: Native;
  #open = true;

  private constructor(native: Native, handle: Ptr<'HANDLE'>) {
    this.#native = native;
    this.handle = handle;
  }

  /**
   * The token of this process.
   * @param access a mask of `TokenAccess`; default reading and duplicating.
   */
  static ofProcess(native: Native, access: number = TOKEN_QUERY | TOKEN_DUPLICATE): TokenHandle {
    const { advapi32, kernel32 } = native;
    return opened(native, 'OpenProcessToken', (out) =>
      advapi32.OpenProcessToken(kernel32.GetCurrentProcess(), access, out),
    );
  }

  /**
   * The token that this thread impersonates, opened as the process; null when it impersonates nobody.
   * @param access a mask of `TokenAccess`; default reading and duplicating.
   */
  static ofThread(native: Native, access: number = TOKEN_QUERY | TOKEN_DUPLICATE): TokenHandle | null {
    const { advapi32, kernel32 } = native;
    try {
      return opened(native, 'OpenThreadToken', (out) =>
        advapi32.OpenThreadToken(kernel32.GetCurrentThread(), access, 1, out),
      );
    } catch (error) {
      if (error instanceof WbemError && error.hresult === hresultFromWin32(Win32Error.ERROR_NO_TOKEN))
        return null;
      throw error;
    }
  }

  static adopt(native: Native, handle: Ptr<'HANDLE'>): TokenHandle {
    return new TokenHandle(native, handle);
  }

  /** A copy that can be checked against and not acted as: an impersonation token at identification. */
  forChecking(): TokenHandle {
    const { advapi32 } = this.#native;
    return opened(this.#native, 'DuplicateTokenEx', (out) =>
      advapi32.DuplicateTokenEx(
        this.handle,
        TOKEN_QUERY,
        0 as Ptr,
        SECURITY_IDENTIFICATION,
        TOKEN_IMPERSONATION,
        out,
      ),
    );
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    this.#native.kernel32.CloseHandle(this.handle);
  }
}

function opened(native: Native, operation: string, open: (out: Ptr) => number): TokenHandle {
  using out = native.memory.alloc(8);
  const { result, lastError } = native.withLastError(() => open(out.ptr));
  if (result === 0) throw new WbemError(hresultFromWin32(lastError), undefined, { operation });
  return TokenHandle.adopt(native, out.pointer<'HANDLE'>());
}
