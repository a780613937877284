import type { ObjectSink, SinkCheck, SinkStub } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IWbemObjectSink } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import type { ListeningSink, SinkCall } from './listening-sink.ts';

interface StubParts {
  readonly com: Com;
  readonly pointer: ComPointer<typeof IWbemObjectSink>;
  readonly stubOf: ObjectSink;
  readonly check: SinkCheck;
  /** The sink behind it. */
  readonly listener: ListeningSink;
  /** What is disposed after the stub. */
  readonly behind?: AsyncDisposable;
}

/** A native stub. It holds its sink, and COM, until it is disposed. */
export class NativeSinkStub implements SinkStub {
  readonly #parts: StubParts;
  #disposed: Promise<void> | undefined;

  /** Takes the reference over. */
  constructor(parts: StubParts) {
    this.#parts = parts;
    parts.com.use();
  }

  get stubOf(): ObjectSink {
    return this.#parts.stubOf;
  }

  get check(): SinkCheck {
    return this.#parts.check;
  }

  /** NULL after disposal. */
  get ptr(): Ptr<'IWbemObjectSink'> {
    return this.#parts.pointer.ptr;
  }

  /** True while a call that it was given to is not over; never after disposal. */
  get listening(): boolean {
    return this.ptr !== NULL && this.#parts.listener.listening;
  }

  /** A call is about to be given this stub. */
  begin(): SinkCall {
    return this.#parts.listener.begin();
  }

  /** Releases the stub. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    const { com, pointer, behind } = this.#parts;
    await pointer[Symbol.asyncDispose]();
    await behind?.[Symbol.asyncDispose]();
    await com.leave();
  }
}
