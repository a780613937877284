import type { Principal } from '@wmisec/access';
import {
  type EventProvider,
  foldName,
  isSystemClassName,
  type Provider,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { EventEngine } from '../events/event-engine.ts';
import { compileEventQuery } from '../events/event-query.ts';
import { extrinsicEvent } from '../events/extrinsic-event.ts';
import type { Timers } from '../events/timers.ts';
import type { Impersonation } from '../provider-host/impersonation.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { type EventSelection, overlap } from './event-selection.ts';
import { HostedEventProvider } from './hosted-event-provider.ts';
import type { SinkHost } from './provider-sink.ts';
import type { SubscriptionAsk } from './subscription-ask.ts';

export interface EventProvidersOptions {
  readonly namespaceOf: (path: string) => Namespace;
  readonly engine: () => EventEngine;
  readonly timers: Timers;
  readonly impersonation: Impersonation;
  /** Is told of subscriptions that a provider refused. */
  readonly hear: (call: ServerCall, namespace: string, error: unknown) => void;
}

export interface EventRegistration {
  readonly provider: Provider;
  readonly namespace: string;
  /** Who raises its events. */
  readonly account: Principal;
  readonly isDecoupled: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Somebody who listens, for as long as they do. */
interface Listener {
  readonly id: number;
  readonly namespace: string;
  readonly ask: SubscriptionAsk;
  /** Ends it when a provider that came later does not let them. */
  readonly refuse: (error: unknown) => void;
}

/** The providers of extrinsic events: who they let subscribe, and that they are told of it. @see docs/rules.md 5 */
export class EventProviders {
  readonly #options: EventProvidersOptions;
  readonly #hosted = new Map<string, Set<HostedEventProvider>>();
  readonly #listeners = new Set<Listener>();
  #lastId = 0;

  constructor(options: EventProvidersOptions) {
    this.#options = options;
  }

  /**
   * Takes a provider up; one without events is none of these.
   * @throws WbemError what `compileEventQuery` throws for a query that it registers for, `WBEMESS_E_REGISTRATION_TOO_BROAD`
   *   for one that is about more than events of its own.
   */
  add(registration: EventRegistration): void {
    const { provider, namespace, isDecoupled, signal } = registration;
    if (!raisesEvents(provider)) return;
    const compile = (query: string) => this.#registered(namespace, query);
    const hosted = new HostedEventProvider({
      ...{ provider, namespace, isDecoupled },
      selections: provider.events.queries.map(compile),
      impersonation: this.#options.impersonation,
      sinkHost: this.#sinkHost(registration, compile),
    });
    const siblings = this.#of(namespace);
    siblings.add(hosted);
    signal.addEventListener('abort', () => siblings.delete(hosted), { once: true });
    for (const listener of this.#listeners)
      if (listener.namespace === foldName(namespace)) this.#admitLate(hosted, listener);
    hosted.start();
  }

  /** @throws WbemError `WBEM_E_ACCESS_DENIED` when a provider of what is asked for does not let them. */
  admit({ path }: Namespace, ask: SubscriptionAsk): void {
    for (const hosted of this.#of(path)) this.#admitTo(hosted, path, ask);
  }

  /**
   * Tells the providers of what is asked for that somebody listens.
   * @param refuse told when one that comes later does not let them.
   * @returns what tells them of the end.
   */
  listen({ path }: Namespace, ask: SubscriptionAsk, refuse: Listener['refuse']): () => void {
    const listener: Listener = { id: ++this.#lastId, namespace: foldName(path), ask, refuse };
    this.#listeners.add(listener);
    for (const hosted of this.#of(path)) this.#tell(hosted, listener);
    return () => {
      if (!this.#listeners.delete(listener)) return;
      for (const hosted of this.#of(path)) if (hosted.raises(ask.query)) hosted.cancelQuery(listener.id);
    };
  }

  #admitTo(hosted: HostedEventProvider, path: string, ask: SubscriptionAsk): void {
    if (!hosted.raises(ask.query)) return;
    try {
      hosted.admit(ask);
    } catch (error) {
      this.#options.hear(ask.call, path, error);
      throw error;
    }
  }

  /** Who subscribed before the provider came is asked about like who does after it. */
  #admitLate(hosted: HostedEventProvider, listener: Listener): void {
    try {
      this.#admitTo(hosted, listener.namespace, listener.ask);
      this.#tell(hosted, listener);
    } catch (error) {
      listener.refuse(error);
    }
  }

  #tell(hosted: HostedEventProvider, { id, ask }: Listener): void {
    if (hosted.raises(ask.query)) hosted.newQuery(id, ask.text);
  }

  #sinkHost({ namespace, account, signal }: EventRegistration, compile: SinkHost['compile']): SinkHost {
    const { namespaceOf, engine, timers } = this.#options;
    return {
      timers,
      signal,
      compile,
      make: ({ className, properties }) => {
        const event = extrinsicEvent(namespaceOf(namespace).schema, className, properties);
        engine().requireDescriptor(event);
        return event;
      },
      publish: (event, sink) => engine().publish(namespace, event, { principal: account, sink }),
      isListened: (selections) => this.#isListened(foldName(namespace), selections),
    };
  }

  #isListened(namespace: string, selections: readonly EventSelection[]): boolean {
    for (const listener of this.#listeners)
      if (listener.namespace === namespace && selections.some((each) => overlap(each, listener.ask.query)))
        return true;
    return false;
  }

  #registered(path: string, text: string): EventSelection {
    const query = compileEventQuery(this.#options.namespaceOf(path), text);
    const { className, derivation } = query.eventClass;
    if (!isSystemClassName(className) && derivation.includes('__ExtrinsicEvent')) return query;
    throw new WbemError(
      WbemStatus.WBEMESS_E_REGISTRATION_TOO_BROAD,
      `a provider registers for events of classes of its own, got ${className}`,
    );
  }

  #of(namespace: string): Set<HostedEventProvider> {
    const key = foldName(namespace);
    let hosted = this.#hosted.get(key);
    if (hosted === undefined) {
      hosted = new Set();
      this.#hosted.set(key, hosted);
    }
    return hosted;
  }
}

function raisesEvents(provider: Provider): provider is Provider & { readonly events: EventProvider } {
  return provider.events !== undefined;
}
