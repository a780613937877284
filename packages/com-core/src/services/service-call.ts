import { type PropertyBag, WbemStatus } from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import { takeBstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { WbemFlag } from '../raw/constants.ts';
import type { InterfaceTable } from '../raw/define-interface.ts';
import { IWbemCallResult, type IWbemContext, type IWbemServices } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { passBlanket, settle } from './call-result.ts';
import { createContext } from './native-context.ts';
import { ProxyBlanket } from './proxy-blanket.ts';
import { Scope } from './scope.ts';

/** What a call gives, and where a call result keeps it. */
export interface Answer<I extends InterfaceTable> {
  readonly table: I;
  readonly take?: 'GetResultObject' | 'GetResultServices';
}

export interface CallSite {
  readonly com: Com;
  readonly services: ComPointer<typeof IWbemServices>;
  readonly blanket: ProxyBlanket;
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
    using blanket = new ProxyBlanket(com);
    await using result = com.own(IWbemCallResult, out.pointer<'IWbemCallResult'>(8));
    if (result === null) return this.#unlessOver(direct);
    await this.#settle(result, blanket);
    if (answer?.take === undefined || direct !== null) return direct;
    const taken = await result.send(answer.take, 0, out.at(0) as never);
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
    using blanket = new ProxyBlanket(com);
    await using result = com.own(IWbemCallResult, out.pointer<'IWbemCallResult'>(8));
    if (result === null) return null;
    await this.#settle(result, blanket);
    const { hresult } = await result.send('GetResultString', 0, out.at(0));
    return hresult === 0 ? takeBstr(com.native, out.pointer<'BSTR'>()) : null;
  }

  async #settle(result: ComPointer<typeof IWbemCallResult>, to: ProxyBlanket): Promise<void> {
    const { com, blanket, services, limit, operation } = this.#site;
    passBlanket({ from: blanket, proxy: services.ptr, to, result: result.ptr });
    await settle(com, result, limit, operation);
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
