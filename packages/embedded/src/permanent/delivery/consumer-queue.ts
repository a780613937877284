import type { CimInstance } from '@wmisec/wbem';
import { EventQueue } from '../../events/event-queue.ts';
import type { ReceivedEvent } from '../../events/subscriber.ts';
import type { LiveBinding } from '../live-bindings.ts';

/** An event and the binding by which it goes to a consumer. */
export interface Delivery {
  readonly event: ReceivedEvent;
  readonly binding: LiveBinding;
}

/** Why an event does not arrive: `overflow` of this many bytes, or too `deep` a chain of deliveries. */
export type Drop = { readonly kind: 'overflow'; readonly bytes: number } | { readonly kind: 'deep' };

export interface ConsumerQueueOptions {
  /** Settles when the consumer is done with it, however that went. Never throws. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly drop: (delivery: Delivery, why: Drop) => void;
  /** Bytes that may wait, whatever the consumer says. */
  readonly capacity: () => number;
}

/** Deliveries that may come out of each other; more is a circle. */
export const MAX_DEPTH = 16;

/** Deliveries after which others get their turn. */
const BATCH = 64;

/**
 * The events that wait for one logical consumer. It gets them one after the other, in the order in which they came;
 * whoever raised them waits for none, and no other consumer does.
 * @see docs/rules.md 5.7, 5.9
 */
export class ConsumerQueue {
  readonly #options: ConsumerQueueOptions;
  readonly #queue = new EventQueue<Delivery>();
  #busy = false;

  constructor(options: ConsumerQueueOptions) {
    this.#options = options;
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** Synchronous delivery begins at once, unless the consumer is at work already. */
  push(delivery: Delivery): void {
    if (delivery.event.depth >= MAX_DEPTH) this.#options.drop(delivery, { kind: 'deep' });
    else if (delivery.binding.synchronous && !this.#busy) void this.#work(delivery);
    else if (this.#queue.push(delivery, delivery.event.size, this.#capacityFor(delivery))) this.#wake();
    else this.#options.drop(delivery, { kind: 'overflow', bytes: this.#queue.bytes });
  }

  /** Forgets what waits. */
  close(): void {
    this.#queue.clear();
  }

  #wake(): void {
    if (this.#busy) return;
    this.#busy = true;
    queueMicrotask(() => void this.#work(null));
  }

  async #work(first: Delivery | null): Promise<void> {
    this.#busy = true;
    if (first !== null) await this.#options.deliver(first);
    for (let count = 1; this.#queue.length > 0; count++) {
      const [next] = this.#queue.take(1);
      await this.#options.deliver(next!);
      if (count % BATCH === 0) await new Promise(setImmediate);
    }
    this.#busy = false;
  }

  #capacityFor({ binding }: Delivery): number {
    return Math.min(maximumQueueSize(binding.consumer.instance), this.#options.capacity());
  }
}

function maximumQueueSize({ properties }: CimInstance): number {
  const size = properties['MaximumQueueSize'];
  return typeof size === 'number' ? size : Number.POSITIVE_INFINITY;
}
