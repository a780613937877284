import type { InterfaceTable, Ptr } from '@wmisec/com-core';
import { WmisecError } from '@wmisec/wbem';
import type { ApartmentRequest, HostedReply } from './apartment-messages.ts';

/** An object that lives in an apartment on another thread. */
export class HostedObject implements AsyncDisposable {
  readonly #reply: HostedReply;
  readonly #ask: (request: ApartmentRequest) => Promise<unknown>;
  readonly #forget: (object: number) => void;
  #released: Promise<void> | undefined;

  constructor(
    reply: HostedReply,
    ask: (request: ApartmentRequest) => Promise<unknown>,
    forget: (object: number) => void,
  ) {
    this.#reply = reply;
    this.#ask = ask;
    this.#forget = forget;
  }

  /**
   * The address of an interface, uncounted, for calls on the apartment's own thread. Other threads take it with
   * `marshal`: a call that does not come through COM has no caller, and is refused.
   * @throws WmisecError `INVALID_ARGUMENT` for an interface that the object does not serve.
   */
  pointer<I extends InterfaceTable>(table: I): Ptr<I['name']> {
    const found = this.#reply.pointers[table.name];
    if (found !== undefined) return found as Ptr<I['name']>;
    throw new WmisecError('INVALID_ARGUMENT', `the object does not serve ${table.name}`);
  }

  /**
   * Puts an interface into a stream, for one `CoGetInterfaceAndReleaseStream` in another apartment.
   * @throws WbemError when COM knows no proxy for the interface; WmisecError `DISPOSED`.
   */
  async marshal<I extends InterfaceTable>(table: I): Promise<Ptr<'IStream'>> {
    const stream = await this.#ask({ kind: 'marshal', object: this.#reply.object, iid: table.iid });
    return stream as Ptr<'IStream'>;
  }

  /**
   * Asks the object's module on its thread; question and answer are cloned.
   * @throws WmisecError `DISPOSED`, `INVALID_ARGUMENT` for a module that answers none; what the module throws, with
   * its code, or as `APARTMENT_BODY_FAILED`.
   */
  ask(question: unknown): Promise<unknown> {
    return this.#ask({ kind: 'ask', object: this.#reply.object, question });
  }

  /** Gives this side's reference back; the object lives while native code holds one. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    await this.#ask({ kind: 'release', object: this.#reply.object });
    this.#forget(this.#reply.object);
  }
}
