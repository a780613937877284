import { type PropertyBag, type SecurableProxy, WbemStatus } from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import { takeBstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { WbemFlag } from '../raw/constants.ts';
import type { InterfaceTable } from '../raw/define-interface.ts';
import { IWbemCallResult, type IWbemContext, type IWbemServices } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { NativeCallResult } from './call-result.ts';
import { createContext } from './native-context.ts';
import type { NativeProxy } from './native-proxy.ts';
import { Scope } from './scope.ts';

/** What a call gives, and where a call result keeps it. */
export interface Answer<I extends InterfaceTable> {
  readonly table: I;
  readonly take?: 'GetResultObject' | 'GetResultServices';
}

export interface CallSite {
  readonly com: Com;
  readonly services: NativeProxy<typeof IWbemServices>;
  /** The call results under way on it. */
  readonly callResults: Set<SecurableProxy>;
  readonly limit: CallLimit;
  readonly operation: string;
}

type ResultPlace = Ptr<'IWbemCallResult*'>;

/** One operation on a services proxy: its texts, its context, and its native calls in either form. */
export class ServiceCall extends Scope {
  /** `WBEM_FLAG_RETURN_IMMEDIATELY` for the semisynchronous form. */
  readonly flags: number;
  readonly #site: CallSite;
  readonly #context: ComPointer<typeof IWbemContext> | null;

  /** @throws WbemError for a context that cannot be made. */
  constructor(site: CallSite, context: PropertyBag | undefined, semisynchronous: boolean) {
    super();
    this.#site = site;
    this.flags = semisynchronous ? WbemFlag.WBEM_FLAG_RETURN_IMMEDIATELY : 0;
    this.#context = this.hold(createContext(site.com, context));
  }

  get context(): Ptr<'IWbemContext'> {
    return this.#context?.ptr ?? NULL;
  }

  /** A BSTR that lives as long as the call. */
  text(text: string | null): Ptr<'BSTR'> {
    return this.hold(this.#site.com.bstr(text)).ptr;
  }

  /**
   * Makes a call and takes what it gives, from its out parameter or from its call result.
   * @param answer null for a call that gives nothing.
   * @returns a reference of the receiver's; null when there is nothing.
   */
  async invoke<I extends InterfaceTable>(
    answer: Answer<I> | null,
    send: (out: Ptr, result: ResultPlace) => Promise<CallOutcome>,
  ): Promise<ComPointer<I> | null> {
    const { com, operation } = this.#site;
    using out = com.native.memory.alloc(16);
    com.check(await send(out.ptr, this.#place(out.at(8))), operation);
    const direct = answer === null ? null : com.own(answer.table, out.pointer<I['name']>());
    await using result = this.#callResult(out.pointer<'IWbemCallResult'>(8));
    if (result === null) return this.#unlessOver(direct);
    await this.#settle(result);
    if (answer?.take === undefined || direct !== null) return direct;
    const taken = await result.take(answer.take, out.at(0));
    // The call succeeded, so this means that it has nothing to give, such as a method without out parameters.
    if (taken.hresult === WbemStatus.WBEM_E_INVALID_OPERATION) return null;
    com.check(taken, operation);
    return this.#unlessOver(com.own(answer.table, out.pointer<I['name']>()));
  }

  /** The same for a call whose call result holds text; null when it tells none. */
  async invokeForText(send: (result: ResultPlace) => Promise<CallOutcome>): Promise<string | null> {
    const { com, operation } = this.#site;
    using out = com.native.memory.alloc(16);
    com.check(await send(this.#place(out.at(8))), operation);
    await using result = this.#callResult(out.pointer<'IWbemCallResult'>(8));
    if (result === null) return null;
    await this.#settle(result);
    const { hresult } = await result.take('GetResultString', out.at(0));
    return hresult === 0 ? takeBstr(com.native, out.pointer<'BSTR'>()) : null;
  }

  #callResult(ptr: Ptr<'IWbemCallResult'>): NativeCallResult | null {
    const { com } = this.#site;
    const owned = com.own(IWbemCallResult, ptr);
    return owned === null ? null : new NativeCallResult(com, owned);
  }

  /** Waits for a call result, which carries the blanket of the services proxy. */
  async #settle(result: NativeCallResult): Promise<void> {
    const { services, callResults, limit, operation } = this.#site;
    services.passBlanketTo(result);
    callResults.add(result);
    try {
      await result.settle(limit, operation);
    } finally {
      callResults.delete(result);
    }
  }

  /** Releases what came after the end of the call's limit. */
  async #unlessOver<I extends InterfaceTable>(answer: ComPointer<I> | null): Promise<ComPointer<I> | null> {
    try {
      this.#site.limit.check();
      return answer;
    } catch (error) {
      await answer?.[Symbol.asyncDispose]();
      throw error;
    }
  }

  #place(place: ResultPlace): ResultPlace {
    return this.flags === 0 ? NULL : place;
  }
}
