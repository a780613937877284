import type {
  AsyncTarget,
  AsyncWbemServices,
  ObjectSink,
  SinkCheck,
  SinkStatus,
  SinkStub,
  UnsecuredApartment,
} from '@wmisec/wbem';
import { WbemStatus } from '@wmisec/wbem';
import type { ReceivingConnection } from './receiving-connection.ts';

/** A connection that notes each step of a subscription, and calls its sink as a test says. */
export class FakeReceivingConnection implements ReceivingConnection {
  readonly log: string[] = [];
  /** What a step fails with, by its name. */
  readonly failures: Record<string, Error> = {};
  /** What the service does once a call is cancelled. */
  onCancel: () => void = () => this.end(WbemStatus.WBEM_E_CALL_CANCELLED);
  /** The sink behind the stub that was made last. */
  sink: ObjectSink | null = null;
  #stub: SinkStub | null = null;

  readonly services = {
    async: {
      execNotificationQueryAsync: async (_: string, target: AsyncTarget) =>
        this.#step('subscribe', target === this.#stub),
      cancelAsyncCall: async (target: AsyncTarget) => {
        await this.#step('cancel', target === this.#stub);
        this.onCancel();
      },
    } as unknown as AsyncWbemServices,
  };

  async unsecuredApartment(): Promise<UnsecuredApartment> {
    await this.#step('apartment');
    return {
      createSinkStub: (sink, check) => this.#createSinkStub(sink, check),
      [Symbol.asyncDispose]: () => this.#step('release apartment'),
    };
  }

  end(status: number, extendedStatus: SinkStatus['extendedStatus'] = null): void {
    this.log.push('final status');
    this.sink?.setStatus({ kind: 'complete', status, text: null, extendedStatus });
    this.log.push('sink released');
  }

  async #createSinkStub(stubOf: ObjectSink, check: SinkCheck): Promise<SinkStub> {
    await this.#step(`stub ${check}`);
    this.sink = stubOf;
    this.#stub = { stubOf, check, [Symbol.asyncDispose]: () => this.#step('release stub') };
    return this.#stub;
  }

  async #step(name: string, withStub = true): Promise<void> {
    this.log.push(withStub ? name : `${name} WITHOUT THE STUB`);
    const failure = this.failures[name];
    if (failure !== undefined) throw failure;
  }
}
