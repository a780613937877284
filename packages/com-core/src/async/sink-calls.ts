import type { SinkStatus } from '@wmisec/wbem';

/** An asynchronous call, from before it is made until its final status. */
export interface SinkCall {
  readonly over: boolean;
  /** Ends it with a status, unless it is over. */
  end(status: number): void;
  /** Forgets it: it was refused, so that nothing will come. */
  drop(): void;
}

/** The calls that answer to one sink. Which of several a status belongs to, nobody tells. */
export class SinkCalls {
  readonly #tell: (status: SinkStatus) => void;
  readonly #open = new Set<SinkCall>();

  constructor(tell: (status: SinkStatus) => void) {
    this.#tell = tell;
  }

  /** True while something may come. */
  get any(): boolean {
    return this.#open.size > 0;
  }

  begin(): SinkCall {
    const open = this.#open;
    const call: SinkCall = {
      get over() {
        return !open.has(call);
      },
      end: (status) => {
        if (open.delete(call)) this.#tell({ kind: 'complete', status, text: null, extendedStatus: null });
      },
      drop: () => void open.delete(call),
    };
    open.add(call);
    return call;
  }

  /** Takes a status in and tells it on. */
  take(status: SinkStatus): void {
    const [oldest] = this.#open;
    if (status.kind === 'complete') oldest?.drop();
    this.#tell(status);
  }
}
