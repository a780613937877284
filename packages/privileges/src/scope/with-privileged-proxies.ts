import type { PrivilegeName } from '@wmisec/access';
import { type Native, openNative } from '@wmisec/com-core';
import { type Blanket, DEFAULT_AUTHINFO, type SecurableProxy, WmisecError } from '@wmisec/wbem';
import { CapturedToken } from './captured-token.ts';
import { cloakProxy, requestOf } from './cloak-proxy.ts';

/** Gives a further proxy the same privileges, such as the enumerator that a query returned. Synchronous. */
export type Cloak = <P extends SecurableProxy>(proxy: P) => P;

export interface PrivilegedProxiesOptions {
  /** Default `openNative()`. */
  readonly native?: Native | undefined;
}

/**
 * Makes WMI calls on this machine with privileges enabled. Before the first `await`: a token of this thread gets
 * the privileges, each proxy gets static cloaking while the thread has that token, which fixes it in the
 * proxy, and the thread is given back. The body then runs without privileges; only calls through the
 * proxies carry them. When it ends each proxy gets its own blanket again.
 *
 * A proxy serves one such operation at a time. Use it anew for each: COM remembers tokens for longer than it
 * should (docs/rules.md 7.2). Over the network an account's privileges arrive enabled, and a proxy with an explicit
 * identity cannot be cloaked.
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
    this.#before.set(proxy, before);
    cloakProxy(this.#token, proxy, before);
    return proxy;
  }

  /** Gives every proxy its blanket, also when one of them refuses it. */
  [Symbol.dispose](): void {
    const errors: unknown[] = [];
    for (const [proxy, before] of this.#before) {
      try {
        giveBack(proxy, before);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
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
