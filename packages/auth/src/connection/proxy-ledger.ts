import {
  type Blanket,
  type BlanketRequest,
  type ProxyKind,
  type SecurableProxy,
  WbemError,
  type WbemServices,
} from '@wmisec/wbem';
import { hasIdentity } from '../blanket/blanket-rules.ts';
import { checkRequest, type ProofPolicy, secureProxy } from '../blanket/secure-proxy.ts';

/** One live proxy of a connection: what was asked for it and what is in force now. */
export interface ProxySecurity {
  readonly proxyKind: ProxyKind;
  /** What it is a proxy of, such as the namespace or the query. */
  readonly label: string;
  readonly asked: BlanketRequest;
  /** null when the proxy cannot tell. */
  readonly inForce: Blanket | null;
}

interface Entry {
  readonly label: string;
  readonly asked: BlanketRequest;
}

type HandedOut = SecurableProxy & Pick<Partial<WbemServices>, 'callResults'>;

/** The live proxies of one connection, each secured before it is entered. */
export class ProxyLedger {
  readonly #asked: BlanketRequest;
  readonly #policy: ProofPolicy;
  readonly #live = new Map<HandedOut, Entry>();

  constructor(asked: BlanketRequest, policy: ProofPolicy) {
    this.#asked = asked;
    this.#policy = policy;
  }

  /** Secures a proxy, or disposes it and throws what `secureProxy` throws. */
  async enter<T extends HandedOut & AsyncDisposable>(proxy: T, label: string): Promise<T> {
    try {
      this.#secure(proxy, this.#asked, this.#policy);
    } catch (error) {
      await proxy[Symbol.asyncDispose]();
      throw error;
    }
    this.#live.set(proxy, { label, asked: this.#asked });
    return proxy;
  }

  /**
   * Gives one proxy another blanket, proven like the first.
   * @throws what `secureProxy` throws; the proxy then has its former blanket.
   */
  change(proxy: SecurableProxy, asked: BlanketRequest): void {
    const entry = this.#live.get(proxy) ?? { label: '', asked: this.#asked };
    const policy = { ...this.#policy, principal: inForceOf(proxy)?.principal ?? null };
    checkRequest(asked, policy);
    try {
      this.#secure(proxy, asked, policy);
    } catch (error) {
      this.#secure(proxy, entry.asked, this.#policy);
      throw error;
    }
    this.#live.set(proxy, { ...entry, asked });
  }

  leave(proxy: SecurableProxy): void {
    this.#live.delete(proxy);
  }

  list(): ProxySecurity[] {
    return Array.from(this.#live, ([proxy, entry]) =>
      this.#covered(proxy, entry.asked).map((each) => ({
        proxyKind: each.proxyKind,
        ...entry,
        inForce: inForceOf(each),
      })),
    ).flat();
  }

  #secure(proxy: SecurableProxy, asked: BlanketRequest, policy: ProofPolicy): void {
    secureProxy(proxy, asked, policy);
    const unknown = this.#unknownOf(proxy, asked);
    if (unknown !== undefined) secureProxy(unknown, asked, policy);
  }

  /** A proxy and everything that has got its blanket with it. */
  #covered(proxy: HandedOut, asked: BlanketRequest): SecurableProxy[] {
    const unknown = this.#unknownOf(proxy, asked);
    const results = proxy.callResults ?? [];
    return [
      proxy,
      ...(unknown === undefined ? [] : [unknown]),
      ...results.flatMap((result) => this.#covered(result, asked)),
    ];
  }

  /** Where the last release goes out to another machine or as somebody else: docs/rules.md 2.5. */
  #unknownOf(proxy: SecurableProxy, asked: BlanketRequest): SecurableProxy | undefined {
    return this.#policy.remote || hasIdentity(asked) ? proxy.unknown : undefined;
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
