import { type Blanket, type BlanketRequest, ComStatus, type SecurableProxy, WbemError } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { IUnknown } from '../raw/interfaces/unknown.ts';
import type { Ptr } from '../raw/pointer.ts';
import { ProxyBlanket } from './proxy-blanket.ts';

/**
 * The `IUnknown` of a proxy, which has a blanket of its own. It is asked for each time and not held, as COM
 * keeps its settings in any case.
 * @see docs/rules.md 2.5
 */
export class UnknownProxy implements SecurableProxy, Disposable {
  readonly proxyKind = 'unknown';
  readonly #com: Com;
  readonly #owner: () => Ptr;
  readonly #blanket: ProxyBlanket;

  /** @param owner gives the proxy, or throws once it is disposed. */
  constructor(com: Com, owner: () => Ptr) {
    this.#com = com;
    this.#owner = owner;
    this.#blanket = new ProxyBlanket(com);
  }

  /** What was set last; `undefined` while it has what COM gave it. */
  get asked(): BlanketRequest | undefined {
    return this.#blanket.asked;
  }

  setBlanket(request: BlanketRequest): void {
    using unknown = this.#pointer();
    this.#blanket.set(unknown.ptr, request);
  }

  queryBlanket(): Blanket {
    using unknown = this.#pointer();
    return this.#blanket.query(unknown.ptr);
  }

  /** Zeroes the identities that were set, once the owner has been released. */
  [Symbol.dispose](): void {
    this.#blanket[Symbol.dispose]();
  }

  #pointer(): ComPointer<typeof IUnknown> {
    const unknown = this.#com.cast(this.#owner(), IUnknown);
    if (unknown === null) throw new WbemError(ComStatus.E_NOINTERFACE, undefined, { operation: 'IUnknown' });
    return unknown;
  }
}
