import { type CimInstance, foldName, WmisecError } from '@wmisec/wbem';
import { SUBSCRIPTION_NAMESPACE } from '../../system-classes/consumer-classes.ts';
import type { EventConsumer } from './event-consumer.ts';

/** What carries out the consumers of a class. */
export interface ConsumerEntry {
  readonly consume: EventConsumer;
  /** Whether only subscriptions of administrators are carried out. @see docs/rules.md 5.7 */
  readonly administratorsOnly: boolean;
}

/** Knows what carries out which consumer class, in which namespace. */
export class ConsumerRegistry {
  readonly #entries = new Map<string, ConsumerEntry>();

  /**
   * @param standard by the name of a class of `root\subscription`.
   * @param custom by the name of a class there, or by namespace and name: `root\cimv2:Acme_Pager`.
   * @throws WmisecError `INVALID_ARGUMENT` for a custom one under the name of a standard one.
   */
  constructor(
    standard: Readonly<Record<string, ConsumerEntry>>,
    custom: Readonly<Record<string, EventConsumer>> = {},
  ) {
    for (const [name, entry] of Object.entries(standard)) this.#entries.set(idOf(name), entry);
    for (const [name, consume] of Object.entries(custom)) {
      if (this.#entries.has(idOf(name)))
        throw new WmisecError('INVALID_ARGUMENT', `consumers.custom: ${name} belongs to the service`);
      this.#entries.set(idOf(name), { consume, administratorsOnly: false });
    }
  }

  /** The one of the instance's class, or of the nearest class above it. @returns null for a class of nobody. */
  find(namespace: string, { shape }: CimInstance): ConsumerEntry | null {
    for (const name of [shape.className, ...shape.derivation]) {
      const entry = this.#entries.get(idOf(`${namespace}:${name}`));
      if (entry !== undefined) return entry;
    }
    return null;
  }
}

function idOf(name: string): string {
  return foldName(name.includes(':') ? name : `${SUBSCRIPTION_NAMESPACE}:${name}`);
}
