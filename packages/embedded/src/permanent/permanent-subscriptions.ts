import type { Principal } from '@wmisec/access';
import { type CimClass, type CimInstance, foldName, WbemError } from '@wmisec/wbem';
import type { EventEngine } from '../events/event-engine.ts';
import type { RepositoryChange } from '../events/repository-change.ts';
import type { ReceivedEvent } from '../events/subscriber.ts';
import type { Timers } from '../events/timers.ts';
import type { Guard } from '../gates/guard.ts';
import type { Impersonation } from '../provider-host/impersonation.ts';
import type { RepositoryReader } from '../repository/repository.ts';
import type { Namespace } from '../server/namespace.ts';
import { ActivationLog } from './activation-log.ts';
import { isAdministrator } from './administrators.ts';
import { ConsumerQueues } from './delivery/consumer-queues.ts';
import type { ConsumerRegistry } from './delivery/consumer-registry.ts';
import { Deliverer } from './delivery/deliverer.ts';
import { LossReports } from './delivery/loss-reports.ts';
import type { EventLog } from './event-log/event-log.ts';
import { FilterActivation, type FilterActivationOptions, signatureOf } from './filter-activation.ts';
import { type LiveBinding, liveBindings } from './live-bindings.ts';
import { partKind } from './part-kind.ts';
import type { PrincipalDirectory } from './principal-directory.ts';
import { Publishers } from './publishers.ts';
import { writtenPart } from './written-part.ts';

export interface PermanentSubscriptionsOptions {
  readonly repository: RepositoryReader;
  readonly namespaceOf: (path: string) => Namespace;
  readonly engine: EventEngine;
  readonly guard: Guard;
  readonly directory: PrincipalDirectory;
  readonly registry: ConsumerRegistry;
  readonly log: EventLog;
  readonly timers: Timers;
  readonly impersonation: Impersonation;
  /** Of the service. */
  readonly signal: AbortSignal;
}

/** How many there are, and how their events fare. */
export interface PermanentCounts {
  /** Filters that are active. */
  readonly filters: number;
  /** Events that wait for consumers. */
  readonly queued: number;
  /** Events that did not arrive, since the service began. */
  readonly lost: number;
}

/** Milliseconds after which filters that could not be activated are tried again. */
const RETRY = 60_000;

/**
 * The permanent subscriptions of a service: those that the repository holds are active from the start, and follow
 * what is written.
 * @see docs/rules.md 5.7
 */
export class PermanentSubscriptions {
  readonly #options: PermanentSubscriptionsOptions;
  readonly #reports: LossReports;
  readonly #queues: ConsumerQueues;
  readonly #publishers: Publishers;
  readonly #log: ActivationLog;
  /** By folded namespace, and then by the key of the filter. */
  readonly #active = new Map<string, Map<string, FilterActivation>>();
  #cancelRetry: (() => void) | null = null;
  #started = false;

  constructor(options: PermanentSubscriptionsOptions) {
    this.#options = options;
    const { engine, directory, registry, timers, impersonation } = options;
    this.#reports = new LossReports(engine);
    this.#publishers = new Publishers(directory);
    this.#log = new ActivationLog(options.log);
    const deliverer = new Deliverer({
      registry,
      directory,
      timers,
      impersonation,
      causes: engine.causes,
      reports: this.#reports,
    });
    this.#queues = new ConsumerQueues(deliverer);
  }

  get counts(): PermanentCounts {
    const filters = this.#activations().filter(({ isRunning }) => isRunning).length;
    return { filters, queued: this.#queues.queued, lost: this.#reports.lost };
  }

  /** Activates what the repository holds. */
  start(): void {
    this.#started = true;
    for (const { path } of this.#options.repository.namespaces()) this.#refresh(path);
  }

  /** Lets everything go. Idempotent. */
  close(): void {
    this.#started = false;
    this.#cancelRetry?.();
    for (const activation of this.#activations()) activation.close();
    this.#active.clear();
    this.#queues.close();
  }

  /** Follows what was written. Never throws: what was written stays written. */
  changed(changes: readonly RepositoryChange[]): void {
    if (!this.#started || changes.length === 0) return;
    const touched = new Set<string>();
    for (const change of changes) {
      if (change.kind === 'namespace' && !change.exists) touched.add(change.path);
      if (change.kind === 'class') touched.add(change.namespace);
      if (change.kind === 'instance' && this.#isPart(change)) touched.add(change.namespace);
    }
    // Nothing that a consumer causes, though it may be one that wrote this.
    this.#options.engine.causes.outside(() => {
      for (const path of touched) this.#refresh(path);
      if (changes.some(({ kind }) => kind !== 'instance')) this.#startAll();
    });
  }

  /** An instance as it is to be stored. @throws WbemError what `writtenPart` throws. */
  written(namespace: Namespace, cls: CimClass, object: CimInstance, principal: Principal): CimInstance {
    const isOpenTo = (path: string) =>
      foldName(path) === foldName(namespace.path) || isAdministrator(principal.token);
    const namespaceOf = (path: string) => (isOpenTo(path) ? this.#options.namespaceOf(path) : null);
    return writtenPart(cls, object, { namespace, principal, namespaceOf });
  }

  #isPart({ namespace, className }: Extract<RepositoryChange, { kind: 'instance' }>): boolean {
    const cls = this.#namespace(namespace)?.schema.find(className);
    return cls !== undefined && partKind(cls) !== null;
  }

  #refresh(path: string): void {
    const wanted = this.#wanted(path);
    const active = this.#active.get(foldName(path)) ?? new Map<string, FilterActivation>();
    for (const [key, activation] of active) {
      const [first] = wanted.get(key) ?? [];
      if (first !== undefined && signatureOf(first) === activation.signature) continue;
      activation.close();
      active.delete(key);
    }
    for (const [key, bindings] of wanted) {
      const known = active.get(key);
      if (known === undefined) active.set(key, this.#activated(path, bindings));
      else known.bind(bindings);
    }
    this.#active.set(foldName(path), active);
    if (active.size === 0) this.#active.delete(foldName(path));
    this.#queues.keep(path, [...wanted.values()].flat());
  }

  /** Those of each filter, by its key. */
  #wanted(path: string): ReadonlyMap<string, readonly LiveBinding[]> {
    const namespace = this.#namespace(path);
    const wanted = new Map<string, LiveBinding[]>();
    for (const binding of namespace === null ? [] : liveBindings(namespace)) {
      const others = wanted.get(binding.filter.key);
      if (others === undefined) wanted.set(binding.filter.key, [binding]);
      else others.push(binding);
    }
    return wanted;
  }

  #activated(path: string, bindings: readonly LiveBinding[]): FilterActivation {
    const { engine, guard, directory, namespaceOf, signal } = this.#options;
    const options: FilterActivationOptions = {
      ...{ engine, guard, directory, namespaceOf, signal, publishers: this.#publishers },
      send: (binding: LiveBinding, event: ReceivedEvent) => this.#queues.push(path, { binding, event }),
      onFailure: (failed, error) => {
        this.#log.failed(path, failed, error);
        this.#retryLater();
      },
    };
    const activation = new FilterActivation(path, bindings, options);
    activation.start();
    return activation;
  }

  #startAll(): void {
    for (const activation of this.#activations()) activation.start();
  }

  #retryLater(): void {
    if (this.#cancelRetry !== null || !this.#started) return;
    this.#cancelRetry = this.#options.timers.after(RETRY, () => {
      this.#cancelRetry = null;
      this.#startAll();
    });
  }

  #activations(): FilterActivation[] {
    return [...this.#active.values()].flatMap((ofNamespace) => [...ofNamespace.values()]);
  }

  /** @returns null for one that is gone. */
  #namespace(path: string): Namespace | null {
    try {
      return this.#options.namespaceOf(path);
    } catch (error) {
      if (error instanceof WbemError) return null;
      throw error;
    }
  }
}
