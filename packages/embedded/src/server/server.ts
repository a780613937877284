import { setMaxListeners } from 'node:events';
import type { ConnectArguments } from '@wmisec/access';
import { foldName, type Provider, sameName, WbemError, type WbemServices, WbemStatus } from '@wmisec/wbem';
import { EventProviders, type EventRegistration } from '../event-providers/event-providers.ts';
import { EventEngine, type EventTiming } from '../events/event-engine.ts';
import { observedRepository } from '../events/observed-repository.ts';
import { systemTimers } from '../events/timers.ts';
import { Guard, type GuardOptions } from '../gates/guard.ts';
import { checkNamespaceLength, namespaceName, parentPath } from '../namespaces/namespace-path.ts';
import { namespaceDescriptor } from '../namespaces/namespace-sddl.ts';
import { NamespaceTree } from '../namespaces/namespace-tree.ts';
import { ConsumerRegistry } from '../permanent/delivery/consumer-registry.ts';
import { EventLog } from '../permanent/event-log/event-log.ts';
import { PermanentSubscriptions } from '../permanent/permanent-subscriptions.ts';
import { PrincipalDirectory } from '../permanent/principal-directory.ts';
import { Impersonation } from '../provider-host/impersonation.ts';
import type { ProviderHosting } from '../provider-host/provider-hosting.ts';
import type { Repository } from '../repository/repository.ts';
import { systemClock } from '../service/clock.ts';
import { NETWORK_SERVICE } from '../service/network-service.ts';
import { ServiceCallbacks } from '../sinks/service-callbacks.ts';
import { Namespace } from './namespace.ts';
import { NamespaceServer } from './namespace-server.ts';
import type { ServerCall } from './server-call.ts';

/** A provider and the namespace in which it serves. */
export interface ProviderRegistration {
  readonly provider: Provider;
  /** Default `root\cimv2`. */
  readonly namespace?: string;
  /**
   * SDDL: makes the namespace with this DACL where it is missing, as `NamespaceSecuritySDDL` does. Default: a missing
   * namespace is an error. @see docs/rules.md 9.5
   */
  readonly namespaceSecurity?: string;
}

/** How a provider is hosted. */
export type HostedAs = Pick<EventRegistration, 'account' | 'isDecoupled' | 'signal'>;

/** Where providers serve and events are raised, unless told otherwise. */
export const DEFAULT_NAMESPACE = 'root\\cimv2';

/** Connects a provider to the service that hosts it. */
export type OpenBack = (server: Server, namespace: string) => Promise<WbemServices>;

/** What permanent subscriptions need beside the rest. */
export interface SubscriptionNeeds {
  readonly directory: PrincipalDirectory;
  readonly registry: ConsumerRegistry;
  readonly log: EventLog;
}

export interface ServerOptions {
  readonly guard?: GuardOptions | undefined;
  readonly timing?: EventTiming | undefined;
  readonly callbacks?: ServiceCallbacks | undefined;
  /** Default: providers have no way back. */
  readonly openBack?: OpenBack | undefined;
  /** Default: nothing carries out what permanent consumers say. */
  readonly subscriptions?: SubscriptionNeeds | undefined;
}

/** For a server on which nothing is carried out. */
function noConsumers(repository: Repository, { clock = systemClock }: EventTiming): SubscriptionNeeds {
  return {
    directory: new PrincipalDirectory(repository, []),
    registry: new ConsumerRegistry({}),
    log: new EventLog(repository, clock),
  };
}

/** The service behind every connection: namespaces, providers and gates. */
export class Server {
  readonly repository: Repository;
  readonly tree: NamespaceTree;
  readonly guard: Guard;
  readonly events: EventEngine;
  readonly subscriptions: PermanentSubscriptions;
  readonly callbacks: ServiceCallbacks;
  readonly impersonation = new Impersonation();
  readonly #providers: ProviderRegistration[];
  readonly #eventProviders: EventProviders;
  readonly #openBack: OpenBack;
  readonly #namespaces = new Map<string, Namespace>();
  readonly #end = new AbortController();

  constructor(
    repository: Repository,
    providers: readonly ProviderRegistration[],
    {
      guard,
      timing = {},
      callbacks = new ServiceCallbacks(),
      openBack = noWayBack,
      subscriptions,
    }: ServerOptions = {},
  ) {
    setMaxListeners(0, this.#end.signal);
    const timers = timing.timers ?? systemTimers;
    const namespaceOf = (path: string) => this.namespace(path);
    this.#eventProviders = new EventProviders({
      ...{ namespaceOf, timers, impersonation: this.impersonation },
      engine: () => this.events,
      hear: (call, path, error) => this.guard.hearProvider(call, path, error),
    });
    this.events = new EventEngine(namespaceOf, timing, this.#eventProviders);
    this.repository = observedRepository(repository, (changes) => {
      this.events.changed(changes);
      this.subscriptions.changed(changes);
    });
    this.tree = new NamespaceTree(this.repository);
    this.guard = new Guard(this.tree, guard);
    this.callbacks = callbacks;
    this.subscriptions = new PermanentSubscriptions({
      ...(subscriptions ?? noConsumers(repository, timing)),
      repository: this.repository,
      namespaceOf,
      engine: this.events,
      guard: this.guard,
      timers,
      impersonation: this.impersonation,
      signal: this.signal,
    });
    this.#providers = [...providers];
    this.#openBack = openBack;
  }

  /** Aborted when the service ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /**
   * Lets a client connect to a namespace.
   * @throws WbemError `E_ACCESSDENIED`, `WBEM_E_LOCAL_CREDENTIALS`, `WBEM_E_INVALID_PARAMETER`,
   *   `WBEM_E_QUOTA_VIOLATION`, `WBEM_E_INVALID_NAMESPACE`, `WBEM_E_ACCESS_DENIED`, in the order of docs/rules.md 0.3.
   */
  connect(call: ServerCall, path: string, given: ConnectArguments): NamespaceServer {
    this.#end.signal.throwIfAborted();
    this.guard.login(call, path, given);
    checkNamespaceLength(path);
    this.guard.connect(call, path);
    return new NamespaceServer(this, this.tree.get(path).path);
  }

  /** @throws WbemError `WBEM_E_INVALID_NAMESPACE`. */
  namespace(path: string): Namespace {
    this.signal.throwIfAborted();
    const { path: stored } = this.tree.get(path);
    let namespace = this.#namespaces.get(foldName(stored));
    if (namespace === undefined) {
      const hosting = this.#hostingOf(stored);
      namespace = new Namespace(stored, this.repository, this.tree, this.#providersOf(stored), hosting);
      this.#namespaces.set(foldName(stored), namespace);
    }
    return namespace;
  }

  /** Whether a provider of that name serves in a namespace. */
  hosts(path: string, name: string): boolean {
    return this.#providersOf(path).some((provider) => sameName(provider.name, name));
  }

  /**
   * Takes up one more provider, until its signal is aborted. Calls in flight go on with what the namespace held before.
   * @throws WbemError when its classes do not go with those that are there.
   */
  host(provider: Provider, path: string, as: HostedAs): void {
    const registration = { provider, namespace: path };
    this.#providers.push(registration);
    this.#namespaces.delete(foldName(path));
    const leave = () => {
      this.#providers.splice(this.#providers.indexOf(registration), 1);
      this.#namespaces.delete(foldName(path));
    };
    try {
      this.namespace(path);
      this.#eventProviders.add({ ...registration, ...as });
    } catch (error) {
      leave();
      throw error;
    }
    as.signal.addEventListener('abort', leave, { once: true });
  }

  /** @throws WbemError when the classes of the providers do not go together, or a namespace is missing. */
  async checkProviders(): Promise<void> {
    for (const { namespace = DEFAULT_NAMESPACE, namespaceSecurity } of this.#providers) {
      if (namespaceSecurity !== undefined && !this.tree.has(namespace))
        await this.#makeNamespace(namespace, namespaceSecurity);
      this.namespace(namespace);
    }
  }

  /**
   * Follows what the repository holds already, timers and permanent subscriptions, and has providers raise events.
   * @throws WbemError for an event query that a provider cannot register for.
   */
  start(): void {
    for (const { provider, namespace = DEFAULT_NAMESPACE } of this.#providers)
      this.#eventProviders.add({
        ...{ provider, namespace, signal: this.signal },
        account: NETWORK_SERVICE,
        isDecoupled: false,
      });
    this.events.start(this.repository);
    this.subscriptions.start();
  }

  /** Ends every call in progress. Idempotent. */
  close(): void {
    this.subscriptions.close();
    this.events.close();
    this.#end.abort(new WbemError(WbemStatus.WBEM_E_SHUTTING_DOWN, 'the service is shutting down'));
  }

  async #makeNamespace(path: string, sddl: string): Promise<void> {
    const parent = parentPath(path) ?? path;
    await this.tree.put(parent, namespaceName(path), namespaceDescriptor(sddl));
  }

  #hostingOf(path: string): ProviderHosting {
    return {
      admit: (call, privileges) => this.guard.admitToProvider(call, path, privileges),
      hear: (call, error) => this.guard.hearProvider(call, path, error),
      impersonation: this.impersonation,
      openServices: () => this.#openBack(this, path),
    };
  }

  #providersOf(path: string): Provider[] {
    return this.#providers
      .filter(({ namespace = DEFAULT_NAMESPACE }) => foldName(namespace) === foldName(path))
      .map(({ provider }) => provider);
  }
}

async function noWayBack(): Promise<never> {
  throw new WbemError(WbemStatus.WBEM_E_NOT_SUPPORTED, 'providers of this service have no way back into it');
}
