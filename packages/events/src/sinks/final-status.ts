import type { ObjectSink, SinkStatus, SinkStub } from '@wmisec/wbem';

/**
 * Waits for the one status that ends a call, and releases the stub while it is told: later would be too late.
 * @see docs/rules.md 3.6
 */
export class FinalStatus {
  /** What the stub is made for. */
  readonly sink: ObjectSink;
  readonly arrival: Promise<void>;
  #arrived = false;
  #stub: SinkStub | null = null;
  #releasing: Promise<void> | null = null;
  #arrive: () => void = () => {};

  constructor(sink: ObjectSink) {
    this.arrival = new Promise((resolve) => {
      this.#arrive = resolve;
    });
    this.sink = {
      indicate: (objects) => {
        if (!this.#arrived) sink.indicate(objects);
      },
      setStatus: (status) => this.#heard(sink, status),
    };
  }

  get arrived(): boolean {
    return this.#arrived;
  }

  releases(stub: SinkStub): void {
    this.#stub = stub;
  }

  /** Idempotent. */
  release(): Promise<void> {
    this.#releasing ??= this.#letGo();
    return this.#releasing;
  }

  async #letGo(): Promise<void> {
    await this.#stub?.[Symbol.asyncDispose]();
  }

  #heard(sink: ObjectSink, status: SinkStatus): void {
    if (this.#arrived || status.kind !== 'complete') return;
    this.#arrived = true;
    this.release().catch(() => {});
    this.#arrive();
    sink.setStatus(status);
  }
}
