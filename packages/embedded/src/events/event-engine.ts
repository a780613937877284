import type { Principal, SecurityDescriptor } from '@wmisec/access';
import { type CimInstance, instanceOf, type PropertyBag, WbemError } from '@wmisec/wbem';
import type { EventProviders } from '../event-providers/event-providers.ts';
import type { SubscriptionAsk } from '../event-providers/subscription-ask.ts';
import type { RepositoryReader } from '../repository/repository.ts';
import type { Namespace } from '../server/namespace.ts';
import { raceAbort } from '../server/race-abort.ts';
import type { ServerCall } from '../server/server-call.ts';
import { type Clock, systemClock } from '../service/clock.ts';
import { LOCAL_SYSTEM } from '../service/local-system.ts';
import { EventDescriptors } from './event-access.ts';
import { EventCauses } from './event-causes.ts';
import { compileEventQuery } from './event-query.ts';
import { shareOfQueues } from './event-queue.ts';
import { eventTime } from './event-time.ts';
import { extrinsicEvent } from './extrinsic-event.ts';
import { intrinsicEvent } from './intrinsic-event.ts';
import { objectSize } from './object-size.ts';
import { startPolling } from './poller.ts';
import type { Publisher, RaisedEvent } from './raised-event.ts';
import type { RepositoryChange } from './repository-change.ts';
import { namespaceOfChange, repositoryEvent } from './repository-event.ts';
import type { StateChange } from './snapshot.ts';
import type { Subscriber } from './subscriber.ts';
import { Subscription } from './subscription.ts';
import { SubscriptionTable } from './subscription-table.ts';
import { TimerInstructions } from './timer-instructions.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface EventTiming {
  readonly clock?: Clock | undefined;
  readonly timers?: Timers | undefined;
}

/** How many events wait and were lost. */
export interface EventCounts {
  readonly subscriptions: number;
  /** Events that wait for their subscribers. */
  readonly queued: number;
  /** Events that did not fit into a subscriber's queue, since the service began. */
  readonly lost: number;
}

export interface SubscribeRequest {
  readonly query: string;
  readonly subscriber: Subscriber;
  /** Of the temporary consumer; of a permanent one, as its creator. */
  readonly call: ServerCall;
  /** With any of which the subscription ends. */
  readonly signals: readonly AbortSignal[];
  /** Judges the subscriber before each round of polling. */
  readonly admit: (call: ServerCall) => void;
}

/** Who raises the events of changes and timers. */
const SERVICE: Publisher = { principal: LOCAL_SYSTEM, sink: null };

export interface RaiseRequest {
  readonly className: string;
  readonly properties: PropertyBag;
  readonly raiser: Principal;
  /** Of the sink that it comes through; null without one. */
  readonly sinkSecurity: SecurityDescriptor | null;
}

/**
 * Takes events from where they happen to those who subscribed to them. Nobody waits for a subscriber: what one does
 * not take in time waits in a queue of its own.
 * @see docs/rules.md 5
 */
export class EventEngine {
  readonly causes = new EventCauses();
  readonly #namespaceOf: (path: string) => Namespace;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #providers: EventProviders | null;
  readonly #subscriptions = new SubscriptionTable();
  readonly #descriptors = new EventDescriptors();
  readonly #instructions: TimerInstructions;
  /** By subscriptions that have ended. */
  #lost = 0;

  constructor(
    namespaceOf: (path: string) => Namespace,
    { clock = systemClock, timers = systemTimers }: EventTiming = {},
    providers: EventProviders | null = null,
  ) {
    this.#namespaceOf = namespaceOf;
    this.#clock = clock;
    this.#timers = timers;
    this.#providers = providers;
    const fire = (path: string, id: string, firings: number) => this.#fire(path, id, firings);
    this.#instructions = new TimerInstructions({ clock, timers, fire });
  }

  get counts(): EventCounts {
    let [queued, lost] = [0, this.#lost];
    for (const each of this.#subscriptions) {
      queued += each.queued;
      lost += each.lost;
    }
    return { subscriptions: this.#subscriptions.size('temporary'), queued, lost };
  }

  /**
   * Begins to collect events; where instances have to be polled, once the first snapshot is taken.
   * @throws WbemError what `compileEventQuery` throws, `WBEM_E_ACCESS_DENIED` when a provider of such events does not
   *   let the subscriber, `WBEM_E_QUOTA_VIOLATION`, and what providers throw.
   */
  async subscribe(namespace: Namespace, request: SubscribeRequest): Promise<Subscription> {
    const { call, signals, subscriber } = request;
    const query = compileEventQuery(namespace, request.query);
    const ask = { text: request.query, query, subscriber, call };
    this.#providers?.admit(namespace, ask);
    const subscription = new Subscription({
      query,
      subscriber,
      owner: call.principal,
      aggregateClass: namespace.schema.get('__AggregateEvent'),
      timers: this.#timers,
      capacity: () => shareOfQueues(this.#subscriptions.size('temporary')),
      signals,
      onEnd: (ended) => this.#forget(namespace, ended),
    });
    try {
      subscription.signal.throwIfAborted();
      this.#subscriptions.add(namespace.path, subscription);
      this.#listen(namespace, ask, subscription);
      await raceAbort(call.signal, () => this.#poll(namespace, subscription, request));
    } catch (error) {
      subscription.close();
      throw error;
    }
    return subscription;
  }

  /**
   * Publishes an event to the subscribers that its descriptor lets receive it.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a descriptor that is none, and what `extrinsicEvent` throws.
   */
  raise({ schema, path }: Namespace, { className, properties, raiser, sinkSecurity }: RaiseRequest): void {
    const event = extrinsicEvent(schema, className, properties);
    this.publish(path, event, { principal: raiser, sink: sinkSecurity });
  }

  /** @throws WbemError `WBEM_E_INVALID_PARAMETER` for an event whose descriptor is none. */
  requireDescriptor({ properties }: CimInstance): void {
    this.#descriptors.prepare(properties['SECURITY_DESCRIPTOR'] ?? null);
  }

  /** The same for an event that is made already. */
  publish(path: string, event: CimInstance, publisher: Publisher): void {
    this.#subscriptions.offer(path, this.#prepare(event, publisher));
  }

  /** Publishes an event of the service itself, when anybody listens in the namespace. Never throws. */
  raiseSystemEvent(path: string, className: string, properties: PropertyBag): void {
    if (!this.#subscriptions.watches(path)) return;
    const event = this.#made(path, ({ schema }) => instanceOf(schema.get(className), properties));
    if (event !== null) this.#subscriptions.offer(path, this.#prepare(event));
  }

  /** Follows the timer instructions that a repository holds already. */
  start(repository: RepositoryReader): void {
    this.#instructions.load(repository);
  }

  /** Stops the timers; subscriptions end by their signals. Idempotent. */
  close(): void {
    this.#instructions.close();
  }

  /** Publishes what happened in the repository. Never throws: what was written stays written. */
  changed(changes: readonly RepositoryChange[]): void {
    for (const change of changes) {
      this.#instructions.changed(change);
      const path = namespaceOfChange(change);
      if (path === null || !this.#subscriptions.watches(path)) continue;
      const event = this.#made(path, ({ schema }) => repositoryEvent(schema, change));
      if (event !== null) this.#subscriptions.offer(path, this.#prepare(event));
    }
  }

  /** Tells the providers of such events that somebody listens, until they do no longer. */
  #listen(namespace: Namespace, ask: SubscriptionAsk, subscription: Subscription): void {
    if (this.#providers === null) return;
    const { signal } = subscription;
    const end = this.#providers.listen(namespace, ask, (error) => subscription.fail(error));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  #fire(path: string, TimerId: string, NumFirings: number): boolean {
    const event = this.#made(path, ({ schema }) =>
      instanceOf(schema.get('__TimerEvent'), { TimerId, NumFirings }),
    );
    return event !== null && this.#subscriptions.offer(path, this.#prepare(event));
  }

  async #poll(
    namespace: Namespace,
    subscription: Subscription,
    { call, admit }: SubscribeRequest,
  ): Promise<void> {
    const { polling } = subscription.query;
    if (polling === null) return;
    await startPolling({
      namespace,
      polling,
      admit,
      timers: this.#timers,
      call: { ...call, signal: subscription.signal },
      onChange: (change) => this.#offerChange(namespace, subscription, change),
      onFailure: (error) => subscription.fail(error),
    });
  }

  /** What was polled for one subscriber, as that subscriber, is told to nobody else. */
  #offerChange({ schema }: Namespace, subscription: Subscription, { before, after }: StateChange): void {
    const event = intrinsicEvent(schema, 'Instance', before, after);
    if (isOf(event, subscription.query.eventClass.className)) subscription.offer(this.#prepare(event));
  }

  #prepare(event: CimInstance, publisher: Publisher = SERVICE): RaisedEvent {
    const { SECURITY_DESCRIPTOR, TIME_CREATED } = event.properties;
    const properties = { ...event.properties, TIME_CREATED: TIME_CREATED ?? eventTime(this.#clock.now()) };
    const instance = { ...event, properties };
    const own = this.#descriptors.prepare(SECURITY_DESCRIPTOR ?? null);
    const descriptors = own === null ? [] : [own];
    if (publisher.sink !== null) descriptors.unshift(this.#descriptors.prepareSink(publisher.sink));
    return { instance, descriptors, publisher, size: objectSize(instance), depth: this.causes.depth };
  }

  /** @returns null when the namespace or the class is gone by now. */
  #made(path: string, make: (namespace: Namespace) => CimInstance | null): CimInstance | null {
    try {
      return make(this.#namespaceOf(path));
    } catch (error) {
      if (error instanceof WbemError) return null;
      throw error;
    }
  }

  #forget({ path }: Namespace, subscription: Subscription): void {
    this.#lost += subscription.lost;
    this.#subscriptions.remove(path, subscription);
  }
}

function isOf({ shape }: CimInstance, className: string): boolean {
  return shape.className === className || shape.derivation.includes(className);
}
