import { foldName, WbemError, WbemStatus } from '@wmisec/wbem';
import { shareOfQueues } from '../../events/event-queue.ts';
import type { LiveBinding } from '../live-bindings.ts';
import { ConsumerQueue, type Delivery } from './consumer-queue.ts';
import type { Deliverer } from './deliverer.ts';

interface Entry {
  readonly queue: ConsumerQueue;
  readonly end: AbortController;
}

/** One queue for each logical consumer, so that none of them holds up another. */
export class ConsumerQueues {
  readonly #deliverer: Deliverer;
  /** By folded namespace, and then by the key of the consumer. */
  readonly #entries = new Map<string, Map<string, Entry>>();
  #size = 0;

  constructor(deliverer: Deliverer) {
    this.#deliverer = deliverer;
  }

  get queued(): number {
    let queued = 0;
    for (const entries of this.#entries.values())
      for (const { queue } of entries.values()) queued += queue.queued;
    return queued;
  }

  push(namespace: string, delivery: Delivery): void {
    const { key } = delivery.binding.consumer;
    const entries = this.#entries.get(foldName(namespace)) ?? new Map<string, Entry>();
    this.#entries.set(foldName(namespace), entries);
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = this.#made(namespace);
      entries.set(key, entry);
    }
    entry.queue.push(delivery);
  }

  /** Ends those of a namespace that no binding leads to any more. */
  keep(namespace: string, bindings: readonly LiveBinding[]): void {
    const kept = new Set(bindings.map(({ consumer }) => consumer.key));
    const entries = this.#entries.get(foldName(namespace)) ?? new Map<string, Entry>();
    for (const [key, entry] of entries) {
      if (kept.has(key)) continue;
      entries.delete(key);
      this.#end(entry);
    }
    if (entries.size === 0) this.#entries.delete(foldName(namespace));
  }

  /** Ends all. Idempotent. */
  close(): void {
    for (const entries of this.#entries.values()) for (const entry of entries.values()) this.#end(entry);
    this.#entries.clear();
  }

  #made(namespace: string): Entry {
    const end = new AbortController();
    this.#size++;
    const queue = new ConsumerQueue({
      deliver: (delivery) => this.#deliverer.deliver(namespace, delivery, end.signal),
      drop: (delivery, why) => this.#deliverer.drop(namespace, delivery, why),
      capacity: () => shareOfQueues(this.#size),
    });
    return { queue, end };
  }

  #end({ queue, end }: Entry): void {
    this.#size--;
    queue.close();
    end.abort(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the consumer is not bound any more'));
  }
}
