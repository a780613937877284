import type { Blanket, BlanketRequest, SecurableProxy } from '@wmisec/wbem';
import { WmisecError } from '@wmisec/wbem';
import { OpenCalls } from '../calls/open-calls.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { InterfaceTable } from '../raw/define-interface.ts';
import { NULL } from '../raw/pointer.ts';
import { ProxyBlanket } from './proxy-blanket.ts';

/** What every native proxy has: a reference, a blanket, calls under way, and one end. */
export abstract class NativeProxy<I extends InterfaceTable> implements SecurableProxy, AsyncDisposable {
  abstract readonly proxyKind: SecurableProxy['proxyKind'];
  protected readonly com: Com;
  protected readonly pointer: ComPointer<I>;
  protected readonly blanket: ProxyBlanket;
  protected readonly calls = new OpenCalls();
  #disposed: Promise<void> | undefined;

  /** Takes the reference over. */
  constructor(com: Com, pointer: ComPointer<I>) {
    this.com = com;
    this.pointer = pointer;
    this.blanket = new ProxyBlanket(com);
    com.use();
  }

  /** @throws WbemError `E_INVALIDARG`, `E_NOINTERFACE`; WmisecError `DISPOSED`. */
  setBlanket(request: BlanketRequest): void {
    this.#requireOpen('setBlanket');
    this.blanket.set(this.pointer.ptr, request);
  }

  /** @throws WbemError `E_NOINTERFACE` for an object that is no proxy; WmisecError `DISPOSED`. */
  queryBlanket(): Blanket {
    this.#requireOpen('queryBlanket');
    return this.blanket.query(this.pointer.ptr);
  }

  /** Cancels what is under way, releases the proxy, then zeroes its identities. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  /** Gives back what hangs on the proxy, before the proxy itself. */
  protected async letGo(): Promise<void> {}

  async #dispose(): Promise<void> {
    await this.calls.close();
    try {
      await this.letGo();
      await this.pointer[Symbol.asyncDispose]();
    } finally {
      this.blanket[Symbol.dispose]();
      await this.com.leave();
    }
  }

  #requireOpen(operation: string): void {
    if (this.pointer.ptr !== NULL && !this.calls.closed) return;
    throw new WmisecError('DISPOSED', `${operation} was called on a proxy that has been disposed`);
  }
}
