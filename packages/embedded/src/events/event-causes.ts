import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Follows which events come out of the delivery of others: what a consumer does in its delivery, and raises events
 * by, is one deeper.
 */
export class EventCauses {
  readonly #depth = new AsyncLocalStorage<number>();

  /** That of an event which is raised now. */
  get depth(): number {
    return this.#depth.getStore() ?? 0;
  }

  /** Runs the delivery of an event of that depth. */
  deliver<T>(depth: number, run: () => T): T {
    return this.#depth.run(depth + 1, run);
  }

  /** Runs what no event causes, though a consumer may have asked for it. */
  outside<T>(run: () => T): T {
    return this.#depth.exit(run);
  }
}
