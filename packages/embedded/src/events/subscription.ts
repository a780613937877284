import { type PreparedToken, type Principal, prepareToken } from '@wmisec/access';
import { type CimClass, type CimInstance, type EnumBatch, WbemError, WbemStatus } from '@wmisec/wbem';
import { followSignals } from '../server/follow-signals.ts';
import { raceAbort } from '../server/race-abort.ts';
import { mayReceive } from './event-access.ts';
import { EventGroups } from './event-groups.ts';
import type { EventQuery } from './event-query.ts';
import { EventQueue } from './event-queue.ts';
import type { Publisher, RaisedEvent } from './raised-event.ts';
import type { EventReceiver, Subscriber } from './subscriber.ts';
import type { Timers } from './timers.ts';

export interface SubscriptionOptions {
  readonly query: EventQuery;
  readonly subscriber: Subscriber;
  /** Whose token is asked about every event, as it was when they subscribed (docs/rules.md 5.6). */
  readonly owner: Principal;
  /** `__AggregateEvent`. */
  readonly aggregateClass: CimClass;
  readonly timers: Timers;
  /** Bytes that may wait until it asks. */
  readonly capacity: () => number;
  /** Those of the service and of the connection: with either the subscription ends. */
  readonly signals: readonly AbortSignal[];
  readonly onEnd: (subscription: Subscription) => void;
}

/** One consumer: which events are for it, and, of a temporary one, those that wait until it asks. */
export class Subscription {
  readonly owner: Principal;
  readonly query: EventQuery;
  readonly subscriber: Subscriber;
  readonly #receiver: EventReceiver | null;
  readonly #token: PreparedToken;
  readonly #groups: EventGroups | null;
  readonly #queue = new EventQueue<CimInstance>();
  readonly #end = new AbortController();
  readonly #capacity: SubscriptionOptions['capacity'];
  readonly #onEnd: SubscriptionOptions['onEnd'];
  #stopFollowing: () => void = () => {};
  #failure: { readonly error: unknown } | null = null;
  #arriving: Promise<void> | null = null;
  #ring: () => void = () => {};
  #lostTold = 0;

  constructor(options: SubscriptionOptions) {
    const { query, subscriber, owner, aggregateClass, timers, capacity, signals, onEnd } = options;
    this.query = query;
    this.subscriber = subscriber;
    this.#receiver = subscriber.kind === 'permanent' ? subscriber.receiver : null;
    this.owner = owner;
    this.#token = prepareToken(owner.token);
    this.#capacity = capacity;
    this.#onEnd = onEnd;
    const emit = (aggregate: CimInstance, size: number, depth: number) =>
      this.#receive(aggregate, size, depth, null);
    const clause = query.group;
    this.#groups = clause === null ? null : new EventGroups({ clause, aggregateClass, timers, emit });
    this.#end.signal.addEventListener('abort', () => this.#ended(), { once: true });
    this.#stopFollowing = followSignals(this.#end, signals);
  }

  /** Aborted at its end. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** Events that did not fit into the queue. */
  get lost(): number {
    return this.#queue.lost;
  }

  /** Takes an event if the subscriber may receive it and asked for it; to others it never happened. */
  offer(event: RaisedEvent): void {
    const { instance, descriptors, size, depth, publisher } = event;
    const { holds, project } = this.query;
    if (this.#failure !== null || !mayReceive(descriptors, this.#token)) return;
    if (holds !== null && !holds(instance)) return;
    if (this.#receiver !== null && !this.#receiver.accepts(event)) return;
    if (this.#groups === null) this.#receive(project(instance), size, depth, publisher);
    else if (!this.#groups.add(instance, size, project, depth)) this.#queue.lose(1);
  }

  /**
   * Resolves when `take` has something to give.
   * @throws what the subscription ended or failed with, or the reason of the signal.
   */
  async arrival(signal: AbortSignal): Promise<void> {
    while (this.#queue.length === 0) {
      this.#end.signal.throwIfAborted();
      if (this.#failure !== null) throw this.#failure.error;
      await raceAbort(signal, () => this.#nextRing());
    }
    this.#end.signal.throwIfAborted();
  }

  /** What waits; its status is `WBEM_S_PARTIAL_RESULTS` when events before it were lost. */
  take(count: number): EnumBatch<CimInstance> {
    const complete = this.lost === this.#lostTold;
    this.#lostTold = this.lost;
    const status = complete ? WbemStatus.WBEM_S_NO_ERROR : WbemStatus.WBEM_S_PARTIAL_RESULTS;
    return { objects: this.#queue.take(count), done: false, status };
  }

  /** What waits can still be taken; then the subscriber gets the error. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#receiver?.fail(error);
    this.#ring();
  }

  /** Ends it and lets go of what waits. Idempotent. */
  close(): void {
    this.#end.abort(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the subscription is closed'));
  }

  #receive(instance: CimInstance, size: number, depth: number, publisher: Publisher | null): void {
    if (this.#receiver !== null) this.#receiver.receive({ instance, size, depth, publisher });
    else if (this.#queue.push(instance, size, this.#capacity())) this.#ring();
  }

  #nextRing(): Promise<void> {
    this.#arriving ??= new Promise((resolve) => {
      this.#ring = () => {
        this.#arriving = null;
        this.#ring = () => {};
        resolve();
      };
    });
    return this.#arriving;
  }

  #ended(): void {
    this.#groups?.close();
    this.#queue.clear();
    this.#stopFollowing();
    this.#ring();
    this.#onEnd(this);
  }
}
