import type { Blanket, BlanketRequest, SecurableProxy } from '@wmisec/wbem';
import { WmisecError } from '@wmisec/wbem';
import { OpenCalls } from '../calls/open-calls.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { InterfaceTable } from '../raw/define-interface.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { DynamicCloak } from './dynamic-cloak.ts';
import { ProxyBlanket } from './proxy-blanket.ts';
import { UnknownProxy } from './unknown-proxy.ts';

/** What every native proxy has: a reference, a blanket, calls under way, and one end. */
export abstract class NativeProxy<I extends InterfaceTable> implements SecurableProxy, AsyncDisposable {
  abstract readonly proxyKind: SecurableProxy['proxyKind'];
  protected readonly com: Com;
  protected readonly pointer: ComPointer<I>;
  protected readonly blanket: ProxyBlanket;
  /** Its blanket is set apart from the proxy's own. */
  readonly unknown: UnknownProxy;
  protected readonly calls = new OpenCalls((call) => this.#cloak.wear(call));
  readonly #cloak: DynamicCloak;
  #disposed: Promise<void> | undefined;

  /** Takes the reference over. */
  constructor(com: Com, pointer: ComPointer<I>) {
    this.com = com;
    this.pointer = pointer;
    this.blanket = new ProxyBlanket(com);
    this.#cloak = new DynamicCloak(com);
    this.unknown = new UnknownProxy(com, () => this.#requireOpen('blanket'));
    com.use();
  }

  /** @throws WbemError `E_INVALIDARG`, `E_NOINTERFACE`; WmisecError `DISPOSED`. */
  setBlanket(request: BlanketRequest): void {
    this.blanket.set(this.#requireOpen('setBlanket'), request);
    this.#cloak.note(request);
  }

  /** @throws WbemError `E_NOINTERFACE` for an object that is no proxy; WmisecError `DISPOSED`. */
  queryBlanket(): Blanket {
    const inForce = this.blanket.query(this.#requireOpen('queryBlanket'));
    this.#cloak.note(inForce);
    return inForce;
  }

  /**
   * Gives a proxy that comes from this one the blankets that were set here, since they do not pass on by
   * themselves (docs/rules.md 2.1).
   * @throws WmisecError `BLANKET_TOO_WEAK` when it then has another blanket in force than this one,
   * `BLANKET_UNPROVEN` when one of the two cannot tell.
   */
  passBlanketTo(next: NativeProxy<InterfaceTable>): void {
    if (this.blanket.asked === undefined) return;
    passOn(this, next, this.blanket.asked);
    if (this.unknown.asked !== undefined) passOn(this.unknown, next.unknown, this.unknown.asked);
  }

  /** @returns a second proxy of the same object and interface, with COM's own default blanket. */
  protected copyPointer(table: I): ComPointer<I> {
    const { memory, ole32 } = this.com.native;
    using out = memory.alloc(8);
    this.com.checkHere(ole32.CoCopyProxy(this.#requireOpen('copyProxy'), out.ptr), 'copyProxy');
    return this.com.own(table, out.pointer<I['name']>())!;
  }

  /** Whether the server sees, at each call, whoever makes it. */
  protected get cloaksDynamically(): boolean {
    return this.#cloak.worn;
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
      this.unknown[Symbol.dispose]();
      await this.com.leave();
    }
  }

  #requireOpen(operation: string): Ptr {
    if (this.pointer.ptr !== NULL && !this.calls.closed) return this.pointer.ptr;
    throw new WmisecError('DISPOSED', `${operation} was called on a proxy that has been disposed`);
  }
}

function passOn(from: SecurableProxy, to: SecurableProxy, asked: BlanketRequest): void {
  to.setBlanket(asked);
  const [wanted, inForce] = [readBack(from), readBack(to)];
  const differing = COMPARED.filter((value) =>
    value === 'authnLevel' ? inForce[value] < wanted[value] : inForce[value] !== wanted[value],
  );
  if (differing.length === 0) return;
  const gaps = differing.map((value) => `${value} is ${inForce[value]} for ${wanted[value]}`);
  throw new WmisecError(
    'BLANKET_TOO_WEAK',
    `a ${to.proxyKind} proxy is less secure than the ${from.proxyKind} proxy that it comes from: ${gaps.join(', ')}`,
  );
}

function readBack(proxy: SecurableProxy): Blanket {
  try {
    return proxy.queryBlanket();
  } catch (cause) {
    const message = `the blanket of a ${proxy.proxyKind} proxy cannot be read back, so nothing proves it`;
    throw new WmisecError('BLANKET_UNPROVEN', message, { cause });
  }
}

const COMPARED = ['authnLevel', 'impLevel', 'authnService', 'principal', 'capabilities'] as const;
