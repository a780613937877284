import { type CimInstance, foldName } from '@wmisec/wbem';
import { tokenUser } from '../server/token-user.ts';
import type { RaisedEvent } from './raised-event.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionQuota } from './subscription-quota.ts';

type Kind = Subscription['subscriber']['kind'];

type ByClass = Map<string, Set<Subscription>>;

/** The live subscriptions, by namespace and event class. */
export class SubscriptionTable implements Iterable<Subscription> {
  readonly #namespaces = new Map<string, ByClass>();
  readonly #quotas = { temporary: new SubscriptionQuota(), permanent: new SubscriptionQuota() };

  size(kind: Kind): number {
    return this.#quotas[kind].size;
  }

  /** @throws WbemError `WBEM_E_QUOTA_VIOLATION` when there are too many. */
  add(namespace: string, subscription: Subscription): void {
    const { subscriber, owner } = subscription;
    this.#quotas[subscriber.kind].take(tokenUser(owner.token), subscriber.kind);
    const classes = getOrMake(this.#namespaces, foldName(namespace), (): ByClass => new Map());
    const className = foldName(subscription.query.eventClass.className);
    getOrMake(classes, className, () => new Set<Subscription>()).add(subscription);
  }

  /** Idempotent. */
  remove(namespace: string, subscription: Subscription): void {
    const classes = this.#namespaces.get(foldName(namespace));
    const className = foldName(subscription.query.eventClass.className);
    const ofClass = classes?.get(className);
    if (classes === undefined || ofClass === undefined || !ofClass.delete(subscription)) return;
    if (ofClass.size === 0) classes.delete(className);
    if (classes.size === 0) this.#namespaces.delete(foldName(namespace));
    this.#quotas[subscription.subscriber.kind].giveBack(tokenUser(subscription.owner.token));
  }

  watches(namespace: string): boolean {
    return this.#namespaces.has(foldName(namespace));
  }

  /**
   * Offers an event to the subscribers of its class and of those above it.
   * @returns false when there are none.
   */
  offer(namespace: string, event: RaisedEvent): boolean {
    const classes = this.#namespaces.get(foldName(namespace));
    if (classes === undefined) return false;
    let offered = false;
    for (const className of lineageOf(event.instance)) {
      const ofClass = classes.get(className);
      if (ofClass === undefined) continue;
      offered = true;
      for (const subscription of ofClass) subscription.offer(event);
    }
    return offered;
  }

  *[Symbol.iterator](): Iterator<Subscription> {
    for (const classes of this.#namespaces.values()) for (const each of classes.values()) yield* each;
  }
}

function lineageOf({ shape }: CimInstance): string[] {
  return [shape.className, ...shape.derivation].map(foldName);
}

function getOrMake<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
