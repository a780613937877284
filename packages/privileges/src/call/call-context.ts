import type { GenericMapping, SecurityDescriptor, Sid } from '@wmisec/access';
import { type NativeAccessResult, nativeAccessCheck, TokenHandle } from '@wmisec/access/native';
import { IServerSecurity, type Native, openNative, TokenAccess } from '@wmisec/com-core';
import {
  failed,
  hresultFromWin32,
  type ImpLevel,
  TokenImpersonationLevel,
  WbemError,
  Win32Error,
  WmisecError,
} from '@wmisec/wbem';
import { requireSynchronous, type Synchronous } from '../scope/synchronous.ts';
import { ThreadIdentity } from '../token/thread-identity.ts';
import { impersonationLevelOf, userOf } from '../token/token-identity.ts';
import { type CallFacts, readCallFacts } from './call-facts.ts';
import { ambientSecurity, type CallSecurity, keptSecurity } from './call-security.ts';
import { CapturedCaller, identifyOnly } from './captured-caller.ts';

const ACCESS = TokenAccess.TOKEN_QUERY | TokenAccess.TOKEN_DUPLICATE | TokenAccess.TOKEN_IMPERSONATE;

/** What a body has while its thread acts as the caller. */
export interface Impersonation {
  readonly sid: Sid;
  /**
   * Makes a synchronous call to somebody else as the caller, and acts as the caller again afterwards: whoever
   * was called may have changed whom the thread impersonates.
   * @throws WbemError when that fails; WmisecError `CALLER_CHANGED`. The body must not go on then.
   * @see docs/rules.md 4.5
   */
  callOut<R>(call: () => R): R;
}

/**
 * The call that this thread is serving, and who makes it. It is good until the call returns, on this thread; a
 * kept one also on other threads of the apartment.
 * @see docs/rules.md 4.3
 */
export class CallContext implements Disposable {
  readonly facts: CallFacts;
  readonly #native: Native;
  readonly #security: CallSecurity;
  #open = true;

  private constructor(native: Native, security: CallSecurity) {
    this.#native = native;
    this.#security = security;
    this.facts = readCallFacts(native, security);
  }

  /** @throws WbemError `RPC_E_CALL_COMPLETE` when no call is being served on this thread. */
  static current(native: Native = openNative()): CallContext {
    return new CallContext(native, ambientSecurity(native));
  }

  /**
   * The same call through its `IServerSecurity`, for other threads of this apartment. Dispose it before the call
   * returns.
   * @throws WbemError `RPC_E_CALL_COMPLETE`, `E_NOINTERFACE`
   */
  keep(): CallContext {
    const { memory, ole32 } = this.#native;
    using iid = memory.guid(IServerSecurity.iid);
    using out = memory.alloc(8);
    const hresult = ole32.CoGetCallContext(iid.ptr, out.ptr);
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'CoGetCallContext' });
    const security = keptSecurity(this.#native, out.pointer<'IServerSecurity'>());
    try {
      return new CallContext(this.#native, security);
    } catch (error) {
      security.release();
      throw error;
    }
  }

  /**
   * The caller's token, for checks and questions; the thread acts as itself again when this returns. Works from
   * identification level on. The receiver closes it.
   * @throws WbemError when the caller is not authenticated, or anonymous (1347).
   */
  token(): TokenHandle {
    return this.#asCaller(() => this.#openCaller());
  }

  /**
   * The caller for work that goes on after this call has returned; the receiver disposes it.
   * @throws as `token`.
   */
  capture(): CapturedCaller {
    const token = this.token();
    try {
      return new CapturedCaller(this.#native, this.facts, token);
    } catch (error) {
      token[Symbol.dispose]();
      throw error;
    }
  }

  /** How far the caller lets this server go, read from its token. */
  impersonationLevel(): ImpLevel {
    using token = this.token();
    return (impersonationLevelOf(this.#native, token) + 1) as ImpLevel;
  }

  /** The caller's SID. */
  sid(): Sid {
    using token = this.token();
    return userOf(this.#native, token);
  }

  /** Asks the system's `AccessCheck` about the caller. Works from identification level on. */
  checkAccess(descriptor: SecurityDescriptor, desired: number, mapping: GenericMapping): NativeAccessResult {
    using token = this.token();
    return nativeAccessCheck(this.#native, descriptor, token, desired, mapping);
  }

  /**
   * Runs a synchronous function as the caller. The thread acts as itself again afterwards, proven, also when the
   * function throws.
   * @throws WbemError 1346 for a caller at identification level: it may be checked, not acted as; whatever COM
   * answers for a caller that is not authenticated. WmisecError `SCOPE_CROSSES_AWAIT`, `REVERT_FAILED`.
   */
  impersonate<R>(fn: ((caller: Impersonation) => R) & Synchronous<R>): R {
    const body: (caller: Impersonation) => R = fn;
    const result = this.#asCaller(() => body(this.#impersonation()));
    return requireSynchronous(result, 'impersonate');
  }

  /** Gives a kept call back; does nothing the second time. */
  [Symbol.dispose](): void {
    if (this.#open) this.#security.release();
    this.#open = false;
  }

  #impersonation(): Impersonation {
    using token = this.#openCaller();
    if (impersonationLevelOf(this.#native, token) < TokenImpersonationLevel.Impersonation)
      throw identifyOnly();
    const sid = userOf(this.#native, token);
    return { sid, callOut: (call) => this.#callOut(sid, call) };
  }

  #callOut<R>(sid: Sid, call: () => R): R {
    try {
      return call();
    } finally {
      this.#becomeAgain(sid);
    }
  }

  #becomeAgain(sid: Sid): void {
    this.#become();
    using token = this.#openCaller();
    if (userOf(this.#native, token) === sid) return;
    throw new WmisecError('CALLER_CHANGED', 'after a call out the thread acts for another than its caller');
  }

  #asCaller<R>(fn: () => R): R {
    using before = ThreadIdentity.capture(this.#native);
    try {
      this.#become();
      return fn();
    } finally {
      if (!before.inForce()) this.#security.revert();
      if (!before.inForce()) before.restore();
    }
  }

  #become(): void {
    if (!this.#open) throw new WmisecError('DISPOSED', 'this call has been given back');
    const hresult = this.#security.impersonate();
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'CoImpersonateClient' });
  }

  #openCaller(): TokenHandle {
    const token = TokenHandle.ofThread(this.#native, ACCESS);
    if (token === null)
      throw new WmisecError(
        'CALLER_CHANGED',
        'the thread acts for nobody although it was to act for its caller',
      );
    if (impersonationLevelOf(this.#native, token) >= TokenImpersonationLevel.Identification) return token;
    token[Symbol.dispose]();
    throw new WbemError(hresultFromWin32(Win32Error.ERROR_CANT_OPEN_ANONYMOUS), 'the caller is anonymous', {
      operation: 'OpenThreadToken',
    });
  }
}
