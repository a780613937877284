/** Bytes that may wait for one subscriber, the high threshold of docs/rules.md 3.7. */
export const MAX_QUEUED_BYTES = 20 * 1024 * 1024;

/** Bytes that may wait for all subscribers of a kind together: each has its share. */
const MAX_TOTAL_BYTES = 200 * 1024 * 1024;

/** Bytes that may wait for one of so many subscribers. */
export function shareOfQueues(subscribers: number): number {
  return Math.min(MAX_QUEUED_BYTES, MAX_TOTAL_BYTES / subscribers);
}

interface Waiting<T> {
  readonly event: T;
  readonly size: number;
}

/** Events that wait for one subscriber, oldest first. What does not fit any more is lost, and counted. */
export class EventQueue<T> {
  #waiting: Waiting<T>[] = [];
  #first = 0;
  #bytes = 0;
  #lost = 0;

  get length(): number {
    return this.#waiting.length - this.#first;
  }

  /** What waits, about. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Events that were lost, ever. */
  get lost(): number {
    return this.#lost;
  }

  /** @param capacity bytes that may wait. @returns false when the event is lost. */
  push(event: T, size: number, capacity = MAX_QUEUED_BYTES): boolean {
    if (this.#bytes + size > capacity) {
      this.lose(1);
      return false;
    }
    this.#bytes += size;
    this.#waiting.push({ event, size });
    return true;
  }

  lose(count: number): void {
    this.#lost += count;
  }

  take(count: number): T[] {
    const taken = this.#waiting.slice(this.#first, this.#first + count);
    this.#first += taken.length;
    for (const { size } of taken) this.#bytes -= size;
    this.#compact();
    return taken.map(({ event }) => event);
  }

  clear(): void {
    this.#waiting = [];
    this.#first = 0;
    this.#bytes = 0;
  }

  /** What was taken is let go once it is the larger part, so that taking costs the same at any length. */
  #compact(): void {
    if (this.#first * 2 < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(this.#first);
    this.#first = 0;
  }
}
