import { type Blanket, type BlanketRequest, Capabilities, WbemError, WbemStatus } from '@wmisec/wbem';
import { TokenAccess } from '../raw/constants.ts';
import type { Native } from '../raw/native.ts';

/**
 * Dynamic cloaking shows the server whoever the calling thread is at each call. Calls are made on threads of
 * their own, which would show the process instead of a token that this thread has.
 * @see docs/rules.md 6.2
 */
export class DynamicCloak {
  readonly #native: Native;
  #worn = false;

  constructor(native: Native) {
    this.#native = native;
  }

  /** Takes note of a blanket that was set or read back. */
  note({ capabilities = Capabilities.Default }: BlanketRequest | Blanket): void {
    this.#worn = (capabilities & Capabilities.DynamicCloaking) !== 0;
  }

  /** @throws WbemError `WBEM_E_NOT_SUPPORTED` for a call that would show somebody else than this thread. */
  check(operation: string): void {
    if (!this.#worn || !hasThreadToken(this.#native)) return;
    const message = `${operation}: dynamic cloaking cannot show the token of this thread; use static cloaking`;
    throw new WbemError(WbemStatus.WBEM_E_NOT_SUPPORTED, message, { operation });
  }
}

/** A token that cannot be opened is one too. */
function hasThreadToken(native: Native): boolean {
  const { memory, advapi32, kernel32 } = native;
  using out = memory.alloc(8);
  const { result, lastError } = native.withLastError(() =>
    advapi32.OpenThreadToken(kernel32.GetCurrentThread(), TokenAccess.TOKEN_QUERY, 1, out.ptr),
  );
  if (result === 0) return lastError !== ERROR_NO_TOKEN;
  kernel32.CloseHandle(out.pointer());
  return true;
}

const ERROR_NO_TOKEN = 1008;
