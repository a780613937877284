import { ComStatus, type ObjectSink, type SinkCheck, type SinkStub, WbemError } from '@wmisec/wbem';
import { type CallbackHost, GuardedSink } from './guarded-sink.ts';

/**
 * Stands in for a sink, and records whom it was given to. Whoever reaches it can call `indicate` and `setStatus`,
 * saying who they are; the sink hears of it only if the stub lets them through.
 * @see docs/rules.md 3.5, 3.8
 */
export class EmbeddedStub extends GuardedSink implements SinkStub {
  readonly stubOf: ObjectSink;
  readonly check: SinkCheck;
  #released = false;

  constructor(stubOf: ObjectSink, check: SinkCheck, host: CallbackHost, checked: boolean) {
    super(stubOf, host, checked);
    this.stubOf = stubOf;
    this.check = check;
  }

  /** True when the client has let it go. */
  get released(): boolean {
    return this.#released;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#released = true;
  }

  /** It lives as long as the client or a call keeps it. */
  protected override requireAlive(operation: string): void {
    if (!this.#released || this.references > 0) return;
    throw new WbemError(ComStatus.RPC_E_DISCONNECTED, `${operation}: the stub is released`, { operation });
  }
}
