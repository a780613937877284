import type { ObjectSink, SinkCheck, SinkStub } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IWbemObjectSink } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import type { HostedSink } from './hosted-sink.ts';
import type { SinkCall } from './sink-calls.ts';

interface StubParts {
  readonly com: Com;
  readonly pointer: ComPointer<typeof IWbemObjectSink>;
  readonly stubOf: ObjectSink;
  readonly check: SinkCheck;
  /** The sink behind it; null for one that lives elsewhere. */
  readonly hosted: HostedSink | null;
}

/** A native stub. It holds its sink, and COM, until it is disposed. */
export class NativeSinkStub implements SinkStub {
  readonly stubOf: ObjectSink;
  readonly check: SinkCheck;
  readonly #hosted: HostedSink | null;
  readonly #com: Com;
  readonly #pointer: ComPointer<typeof IWbemObjectSink>;
  #disposed: Promise<void> | undefined;

  /** Takes the reference over. */
  constructor({ com, pointer, stubOf, check, hosted }: StubParts) {
    this.stubOf = stubOf;
    this.check = check;
    this.#hosted = hosted;
    this.#com = com;
    this.#pointer = pointer;
    com.use();
  }

  /** NULL after disposal. */
  get ptr(): Ptr<'IWbemObjectSink'> {
    return this.#pointer.ptr;
  }

  /** A call is about to be given this stub. */
  begin(): SinkCall {
    return this.#hosted?.calls.begin() ?? this.#callOfElsewhere();
  }

  /** Releases the stub. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  /** Nobody tells this side when it is over. */
  #callOfElsewhere(): SinkCall {
    const isOver = () => this.ptr === NULL;
    return {
      get over() {
        return isOver();
      },
      end: () => {},
      drop: () => {},
    };
  }

  async #dispose(): Promise<void> {
    await this.#pointer[Symbol.asyncDispose]();
    await this.#com.leave();
  }
}
