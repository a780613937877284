import type { CimObject, ObjectSink, SinkStatus } from '@wmisec/wbem';

/** An asynchronous call, from before it is made until its final status. */
export interface SinkCall {
  readonly over: boolean;
  /** Ends it with a status, unless it is over. */
  end(status: number): void;
  /** Forgets it: it was refused, so that nothing will come. */
  drop(): void;
}

/**
 * A sink that hears nothing while no call is under way. Which of several calls a status belongs to, nobody tells: each
 * final one ends the oldest.
 */
export class ListeningSink implements ObjectSink {
  readonly #sink: ObjectSink;
  readonly #calls = new Set<SinkCall>();

  constructor(sink: ObjectSink) {
    this.#sink = sink;
  }

  /** True while something may come. */
  get listening(): boolean {
    return this.#calls.size > 0;
  }

  /** A call is about to be made, and may answer before it returns. */
  begin(): SinkCall {
    const calls = this.#calls;
    const call: SinkCall = {
      get over() {
        return !calls.has(call);
      },
      end: (status) => {
        const complete = { kind: 'complete', status, text: null, extendedStatus: null } as const;
        if (calls.delete(call)) this.#sink.setStatus(complete);
      },
      drop: () => void calls.delete(call),
    };
    calls.add(call);
    return call;
  }

  /** Ends every call with a status: whoever would tell it is gone. */
  end(status: number): void {
    for (const call of [...this.#calls]) call.end(status);
  }

  indicate(objects: readonly CimObject[]): void {
    if (this.listening) this.#sink.indicate(objects);
  }

  setStatus(status: SinkStatus): void {
    const [oldest] = this.#calls;
    if (oldest === undefined) return;
    if (status.kind === 'complete') oldest.drop();
    this.#sink.setStatus(status);
  }
}
