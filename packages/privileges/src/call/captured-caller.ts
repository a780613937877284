import type { GenericMapping, SecurityDescriptor, Sid } from '@wmisec/access';
import { type NativeAccessResult, nativeAccessCheck, type TokenHandle } from '@wmisec/access/native';
import type { Native } from '@wmisec/com-core';
import { hresultFromWin32, ImpLevel, WbemError, Win32Error, WmisecError } from '@wmisec/wbem';
import { requireSynchronous, type Synchronous } from '../scope/synchronous.ts';
import { setThreadToken, ThreadIdentity } from '../token/thread-identity.ts';
import { impersonationLevelOf, userOf } from '../token/token-identity.ts';
import type { CallFacts } from './call-facts.ts';

/**
 * Who made a call, kept beyond it: its facts and a token of its caller, for work that goes on after the call has
 * returned. Dispose it when that work ends.
 */
export class CapturedCaller implements Disposable {
  readonly facts: CallFacts;
  readonly sid: Sid;
  readonly impLevel: ImpLevel;
  readonly #native: Native;
  readonly #token: TokenHandle;
  #open = true;

  /** Takes the token over. */
  constructor(native: Native, facts: CallFacts, token: TokenHandle) {
    this.facts = facts;
    this.#native = native;
    this.#token = token;
    this.sid = userOf(native, token);
    this.impLevel = (impersonationLevelOf(native, token) + 1) as ImpLevel;
  }

  /** Borrowed. @throws WmisecError `DISPOSED` after the work has ended. */
  get token(): TokenHandle {
    if (this.#open) return this.#token;
    throw new WmisecError('DISPOSED', 'the call that this caller made has ended');
  }

  /** Asks the system's `AccessCheck` about the caller. @throws WbemError; WmisecError `DISPOSED`. */
  checkAccess(descriptor: SecurityDescriptor, desired: number, mapping: GenericMapping): NativeAccessResult {
    return nativeAccessCheck(this.#native, descriptor, this.token, desired, mapping);
  }

  /**
   * Runs a synchronous function while this thread acts as the caller, then gives the thread what it had.
   * @throws WbemError 1346 for a caller at identification level; WmisecError `SCOPE_CROSSES_AWAIT`, `DISPOSED`,
   * `REVERT_FAILED`.
   */
  impersonate<R>(fn: (() => R) & Synchronous<R>): R {
    const body: () => R = fn;
    const { token } = this;
    if (this.impLevel < ImpLevel.Impersonate) throw identifyOnly();
    using before = ThreadIdentity.capture(this.#native);
    const { result, lastError } = setThreadToken(this.#native, token);
    if (result === 0)
      throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'SetThreadToken' });
    try {
      return requireSynchronous(body(), 'impersonate');
    } finally {
      before.restore();
    }
  }

  /** Closes the token. Idempotent. */
  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    this.#token[Symbol.dispose]();
  }
}

/** What acting as somebody answers who allows identification only. */
export function identifyOnly(): WbemError {
  return new WbemError(hresultFromWin32(Win32Error.ERROR_BAD_IMPERSONATION_LEVEL), IDENTIFY_ONLY, {
    operation: 'impersonate',
  });
}

const IDENTIFY_ONLY =
  'the caller allows identification only: check its token, or have it call at RPC_C_IMP_LEVEL_IMPERSONATE';
