const Field = { Method: 0, Entry: 1, Posted: 2, Taken: 3 } as const;

/** Numbers that both sides of an apartment see at any time, also while one of them is stuck in a call. */
export class CallGauge {
  readonly buffer: SharedArrayBuffer;
  readonly #fields: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4 * Object.keys(Field).length)) {
    this.buffer = buffer;
    this.#fields = new Int32Array(buffer);
  }

  /** What the apartment is in: a number that it gave a method, 0 for nothing. */
  get method(): number {
    return Atomics.load(this.#fields, Field.Method);
  }

  /** Changes whenever a method is entered or left. */
  get entry(): number {
    return Atomics.load(this.#fields, Field.Entry);
  }

  /** Pieces of data that have been posted and not taken yet. */
  get backlog(): number {
    return (Atomics.load(this.#fields, Field.Posted) - Atomics.load(this.#fields, Field.Taken)) | 0;
  }

  /** Runs a function while the gauge shows its method; then it shows what it showed before. */
  during<R>(method: number, fn: () => R): R {
    const before = this.method;
    this.#show(method);
    try {
      return fn();
    } finally {
      this.#show(before);
    }
  }

  /** The same for a turn of the event loop, so that JavaScript which never lets it end is seen. */
  async duringTurn(method: number, turn: () => Promise<unknown>): Promise<void> {
    this.#show(method);
    await turn();
    this.#show(0);
  }

  posted(): void {
    Atomics.add(this.#fields, Field.Posted, 1);
  }

  taken(): void {
    Atomics.add(this.#fields, Field.Taken, 1);
  }

  #show(method: number): void {
    Atomics.store(this.#fields, Field.Method, method);
    Atomics.add(this.#fields, Field.Entry, 1);
  }
}
