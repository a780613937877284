import type { PrivilegeName } from '@wmisec/access';
import { secureProxy } from '@wmisec/auth';
import { type Native, openNative } from '@wmisec/com-core';
import {
  type Blanket,
  type BlanketRequest,
  Capabilities,
  DEFAULT_AUTHINFO,
  DEFAULT_PRINCIPAL,
  type SecurableProxy,
  WmisecError,
} from '@wmisec/wbem';
import { CapturedToken } from './captured-token.ts';

/** Gives a further proxy the same privileges, such as the enumerator that a query returned. Synchronous. */
export type Cloak = <P extends SecurableProxy>(proxy: P) => P;

export interface PrivilegedProxiesOptions {
  /** Default `openNative()`. */
  readonly native?: Native | undefined;
}

const CLOAKING = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;

/**
 * Makes WMI calls on this machine with privileges enabled. Before the first `await`: a token of this thread gets
 * the privileges, each proxy gets static cloaking while the thread has that token, which fixes it in the
 * proxy, and the thread is given back. The body then runs without privileges; only calls through the
 * proxies carry them. When it ends each proxy gets its own blanket again.
 *
 * Use it once per operation: COM remembers tokens for longer than it should (docs/rules.md 7.2). Over the network
 * an account's privileges arrive enabled, and a proxy with an explicit identity cannot be cloaked.
 * @throws PrivilegesMissingError; WmisecError `BLANKET_TOO_WEAK`, `BLANKET_UNPROVEN`; whatever the body throws.
 * @see docs/rules.md 6.2, 7.2
 */
export async function withPrivilegedProxies<R>(
  names: readonly PrivilegeName[],
  proxies: readonly SecurableProxy[],
  body: (cloak: Cloak) => R | PromiseLike<R>,
  { native = openNative() }: PrivilegedProxiesOptions = {},
): Promise<R> {
  using token = CapturedToken.of(native, names);
  using cloaked = new CloakedProxies(token);
  for (const proxy of proxies) cloaked.add(proxy);
  return await body((proxy) => cloaked.add(proxy));
}

/** The proxies that carry a token, and the blankets they had. */
class CloakedProxies implements Disposable {
  readonly #token: CapturedToken;
  readonly #before = new Map<SecurableProxy, Blanket>();

  constructor(token: CapturedToken) {
    this.#token = token;
  }

  add<P extends SecurableProxy>(proxy: P): P {
    const before = this.#before.get(proxy) ?? proxy.queryBlanket();
    const capabilities = (before.capabilities & ~CLOAKING) | Capabilities.StaticCloaking;
    const asked: BlanketRequest = { ...requestOf(before), identity: null, capabilities };
    this.#before.set(proxy, before);
    this.#token.wear(() => secureProxy(proxy, asked, { remote: false, dangerouslyAllowUnproven: false }));
    return proxy;
  }

  [Symbol.dispose](): void {
    for (const [proxy, before] of this.#before) giveBack(proxy, before);
  }
}

function giveBack(proxy: SecurableProxy, before: Blanket): void {
  try {
    proxy.setBlanket({ ...requestOf(before), identity: DEFAULT_AUTHINFO });
  } catch (error) {
    // A proxy that has been released carries no token any more.
    if (!(error instanceof WmisecError) || error.code !== 'DISPOSED') throw error;
  }
}

function requestOf({ principal, ...blanket }: Blanket): BlanketRequest {
  return { ...(blanket as BlanketRequest), principal: principal ?? DEFAULT_PRINCIPAL };
}
