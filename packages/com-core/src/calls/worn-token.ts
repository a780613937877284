import { AsyncLocalStorage } from 'node:async_hooks';
import { hresultFromWin32, WbemError, Win32Error } from '@wmisec/wbem';
import { TokenAccess } from '../raw/constants.ts';
import type { Native } from '../raw/native.ts';
import type { Ptr } from '../raw/pointer.ts';

/** A token that calls are made with. It is closed when the operation and the last of its calls are over. */
export class WornToken {
  readonly handle: Ptr<'HANDLE'>;
  readonly #native: Native;
  #users = 1;

  constructor(native: Native, handle: Ptr<'HANDLE'>) {
    this.#native = native;
    this.handle = handle;
  }

  use(): void {
    this.#users++;
  }

  leave(): void {
    if (--this.#users === 0) this.#native.kernel32.CloseHandle(this.handle);
  }
}

/**
 * Whose token the calls of an operation are made with. Calls are made on threads of their own, so the token of
 * the thread that asks is carried to them.
 * @see docs/rules.md 6.2
 */
export class WornTokens {
  readonly #storage = new AsyncLocalStorage<WornToken>();

  /** The token of the operation that this call belongs to. */
  current(): WornToken | undefined {
    return this.#storage.getStore();
  }

  /**
   * Runs an operation whose calls show the token that this thread has now; as it is when the thread has none.
   * @throws WbemError with the Win32 error as HRESULT for a token that cannot be carried.
   */
  async wear<T>(native: Native, operation: () => Promise<T>): Promise<T> {
    const token = threadToken(native);
    if (token === null) return operation();
    try {
      return await this.#storage.run(token, operation);
    } finally {
      token.leave();
    }
  }
}

function threadToken(native: Native): WornToken | null {
  const { memory, advapi32, kernel32 } = native;
  using out = memory.alloc(8);
  const access = TokenAccess.TOKEN_QUERY | TokenAccess.TOKEN_IMPERSONATE;
  const { result, lastError } = native.withLastError(() =>
    advapi32.OpenThreadToken(kernel32.GetCurrentThread(), access, 1, out.ptr),
  );
  if (result !== 0) return new WornToken(native, out.pointer<'HANDLE'>());
  if (lastError === Win32Error.ERROR_NO_TOKEN) return null;
  throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'OpenThreadToken' });
}
