import type { ObjectSink } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { ComHost } from '../raw/com-host.ts';
import type { IWbemObjectSink } from '../raw/interfaces/client.ts';
import { HostedSink } from './hosted-sink.ts';

/** A reference to a sink, which is the receiver's. */
export interface LentSink {
  readonly hosted: HostedSink;
  readonly reference: ComPointer<typeof IWbemObjectSink>;
}

/**
 * The sinks of this process that native code holds. A sink is one COM object as long as anybody holds it, since
 * calls are cancelled by its address.
 */
export class SinkHost implements Disposable {
  readonly #com: Com;
  readonly #host: ComHost;
  readonly #known = new WeakMap<ObjectSink, HostedSink>();
  #serving = 0;

  constructor(com: Com) {
    this.#com = com;
    this.#host = new ComHost(com.native);
  }

  /** How many sinks native code holds. */
  get live(): number {
    return this.#host.live;
  }

  /** True inside a method of a sink, from where no call can be cancelled. */
  get serving(): boolean {
    return this.#serving > 0;
  }

  /** Whether native code holds a sink for a call that is not over. */
  listens(sink: ObjectSink): boolean {
    const known = this.#known.get(sink);
    return known?.alive === true && known.sink.listening;
  }

  lend(sink: ObjectSink): LentSink {
    const known = this.#known.get(sink);
    if (known?.alive) return { hosted: known, reference: known.another() };
    const hosted = new HostedSink(this.#com, this.#host, {
      indicate: (objects) => this.#serve(() => sink.indicate(objects)),
      setStatus: (status) => this.#serve(() => sink.setStatus(status)),
    });
    this.#known.set(sink, hosted);
    return { hosted, reference: hosted.first() };
  }

  /** Whoever still holds a sink gets RPC_E_DISCONNECTED from now on. */
  [Symbol.dispose](): void {
    this.#host.dispose();
  }

  #serve(method: () => void): void {
    this.#serving++;
    try {
      method();
    } finally {
      this.#serving--;
    }
  }
}
