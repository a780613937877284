import {
  type AuthIdentity,
  AuthnLevel,
  AuthnService,
  AuthzService,
  type Blanket,
  type BlanketRequest,
  Capabilities,
  DEFAULT_AUTHINFO,
  DEFAULT_PRINCIPAL,
  failed,
  ImpLevel,
  WbemError,
} from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import { COLE_DEFAULT, NULL, type Ptr } from '../raw/pointer.ts';
import { NativeIdentity } from './native-identity.ts';

/** Where `CoQueryProxyBlanket` writes. */
const At = {
  authnSvc: 0,
  authzSvc: 4,
  authnLevel: 8,
  impLevel: 12,
  capabilities: 16,
  principal: 24,
  size: 32,
};

/**
 * The blanket of one interface of a proxy. Identities that were set stay in memory as long as the proxy, since nothing
 * says that COM has copied them, and are zeroed with the disposal.
 * @see docs/rules.md 2.6, 6.1
 */
export class ProxyBlanket implements Disposable {
  readonly #com: Com;
  readonly #identities: NativeIdentity[] = [];
  #asked: BlanketRequest | undefined;

  constructor(com: Com) {
    this.#com = com;
  }

  /** What was set last; `undefined` while the proxy has what COM gave it. */
  get asked(): BlanketRequest | undefined {
    return this.#asked;
  }

  /** @throws WbemError `E_INVALIDARG`, or `E_NOINTERFACE` for an object that is no proxy. */
  set(proxy: Ptr, request: BlanketRequest): void {
    const identity = this.#identityOf(request.identity);
    this.#com.checkHere(this.#set(proxy, request, identity), 'setBlanket');
    this.#asked = request;
  }

  /** @throws WbemError `E_NOINTERFACE` for an object that is no proxy. */
  query(proxy: Ptr): Blanket {
    const { memory, ole32 } = this.#com.native;
    using out = memory.alloc(At.size);
    const hresult = ole32.CoQueryProxyBlanket(
      proxy,
      out.at(At.authnSvc),
      out.at(At.authzSvc),
      out.at(At.principal),
      out.at(At.authnLevel),
      out.at(At.impLevel),
      NULL,
      out.at(At.capabilities),
    );
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'queryBlanket' });
    return {
      authnService: out.view.getUint32(At.authnSvc, true),
      authzService: out.view.getUint32(At.authzSvc, true),
      principal: this.#takePrincipal(out.pointer(At.principal)),
      authnLevel: out.view.getUint32(At.authnLevel, true),
      impLevel: out.view.getUint32(At.impLevel, true),
      capabilities: out.view.getUint32(At.capabilities, true),
    };
  }

  [Symbol.dispose](): void {
    for (const identity of this.#identities.splice(0)) identity[Symbol.dispose]();
  }

  #set(proxy: Ptr, request: BlanketRequest, identity: Ptr): number {
    using principal = this.#com.bstr(typeof request.principal === 'string' ? request.principal : null);
    const { principal: asked = DEFAULT_PRINCIPAL } = request;
    return this.#com.native.ole32.CoSetProxyBlanket(
      proxy,
      request.authnService ?? AuthnService.Default,
      request.authzService ?? AuthzService.Default,
      asked === DEFAULT_PRINCIPAL ? COLE_DEFAULT : (principal.ptr as Ptr),
      request.authnLevel ?? AuthnLevel.Default,
      request.impLevel ?? ImpLevel.Default,
      identity,
      request.capabilities ?? Capabilities.Default,
    );
  }

  #identityOf(identity: AuthIdentity | null | typeof DEFAULT_AUTHINFO = DEFAULT_AUTHINFO): Ptr {
    if (identity === DEFAULT_AUTHINFO) return COLE_DEFAULT;
    if (identity === null) return NULL;
    const made = new NativeIdentity(this.#com.native, identity);
    this.#identities.push(made);
    return made.ptr;
  }

  #takePrincipal(ptr: Ptr<'WCHAR'>): string | null {
    if (ptr === NULL) return null;
    const text = this.#com.native.memory.readText(ptr);
    this.#com.native.ole32.CoTaskMemFree(ptr);
    return text;
  }
}
