/** Knows whether a sink is being called right now: from within one no call can be cancelled (docs/rules.md 3.7, K30). */
export class SinkTurn {
  #depth = 0;

  get active(): boolean {
    return this.#depth > 0;
  }

  /** What `call` does later, after a promise, is no longer within the sink. */
  run<T>(call: () => T): T {
    this.#depth++;
    try {
      return call();
    } finally {
      this.#depth--;
    }
  }
}
