import {
  type Blanket,
  type BlanketRequest,
  type ProxyKind,
  type SecurableProxy,
  WbemError,
} from '@wmisec/wbem';
import { type ProofPolicy, secureProxy } from '../blanket/secure-proxy.ts';

/** One live proxy of a connection: what was asked for it and what is in force now. */
export interface ProxySecurity {
  readonly proxyKind: ProxyKind;
  /** What it is a proxy of, such as the namespace or the query. */
  readonly label: string;
  readonly asked: BlanketRequest;
  /** null when the proxy cannot tell. */
  readonly inForce: Blanket | null;
}

/** The live proxies of one connection, each secured before it is entered. */
export class ProxyLedger {
  readonly #asked: BlanketRequest;
  readonly #policy: ProofPolicy;
  readonly #live = new Map<SecurableProxy, string>();

  constructor(asked: BlanketRequest, policy: ProofPolicy) {
    this.#asked = asked;
    this.#policy = policy;
  }

  /** Secures a proxy, or disposes it and throws what `secureProxy` throws. */
  async enter<T extends SecurableProxy & AsyncDisposable>(proxy: T, label: string): Promise<T> {
    try {
      secureProxy(proxy, this.#asked, this.#policy);
    } catch (error) {
      await proxy[Symbol.asyncDispose]();
      throw error;
    }
    this.#live.set(proxy, label);
    return proxy;
  }

  leave(proxy: SecurableProxy): void {
    this.#live.delete(proxy);
  }

  list(): ProxySecurity[] {
    return Array.from(this.#live, ([proxy, label]) => ({
      proxyKind: proxy.proxyKind,
      label,
      asked: this.#asked,
      inForce: inForceOf(proxy),
    }));
  }
}

function inForceOf(proxy: SecurableProxy): Blanket | null {
  try {
    return proxy.queryBlanket();
  } catch (error) {
    if (error instanceof WbemError) return null;
    throw error;
  }
}
