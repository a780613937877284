import {
  decodeSecurityDescriptor,
  prepareNamespaceDescriptor,
  type SecurityDescriptor,
} from '@wmisec/access';
import {
  type Batching,
  type CimInstance,
  type EventSink,
  type ProvidedEvent,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Timers } from '../events/timers.ts';
import { EventBatch } from './event-batch.ts';
import { type EventSelection, isOrDerives, selects } from './event-selection.ts';

/** What a sink needs of the service. */
export interface SinkHost {
  readonly timers: Timers;
  readonly signal: AbortSignal;
  /** @throws WbemError for what is no event of its class. */
  readonly make: (event: ProvidedEvent) => CimInstance;
  readonly publish: (event: CimInstance, sink: SecurityDescriptor | null) => void;
  /** @throws WbemError for text that is no event query of the provider's kind. */
  readonly compile: (query: string) => EventSelection;
  readonly isListened: (selections: readonly EventSelection[]) => boolean;
}

/** Where the events of a provider come in: through the whole sink, or through one for some of its queries. */
export class ProviderSink implements EventSink {
  readonly #host: SinkHost;
  readonly #selections: readonly EventSelection[];
  readonly #parent: ProviderSink | null;
  readonly #batch: EventBatch;
  #security: SecurityDescriptor | null = null;

  constructor(host: SinkHost, selections: readonly EventSelection[], parent: ProviderSink | null = null) {
    this.#host = host;
    this.#selections = selections;
    this.#parent = parent;
    this.#batch = new EventBatch(host.timers, (events) => this.#publish(events));
    host.signal.addEventListener('abort', () => this.#batch.close(), { once: true });
  }

  /** All of the events, or none when one of them cannot be. */
  indicate(events: readonly ProvidedEvent[]): void {
    this.#host.signal.throwIfAborted();
    this.#batch.add(events.map((event) => this.#allowed(this.#host.make(event))));
  }

  setSinkSecurity(descriptor: Uint8Array): void {
    const decoded = readDescriptor(descriptor);
    this.#batch.flush();
    this.#security = decoded;
  }

  restrict(queries: readonly string[]): EventSink {
    const selections = queries.map((query) => this.#narrower(query));
    if (selections.length > 0) return new ProviderSink(this.#host, selections, this);
    throw invalid('restrict: expected at least one query, got none');
  }

  isActive(): boolean {
    return this.#parent === null || this.#host.isListened(this.#selections);
  }

  setBatching(batching: Batching): void {
    this.#batch.set(batching);
  }

  /** That of a sink below counts in place of the one above it. */
  get #securityInForce(): SecurityDescriptor | null {
    return this.#security ?? (this.#parent === null ? null : this.#parent.#securityInForce);
  }

  #publish(events: readonly CimInstance[]): void {
    const security = this.#securityInForce;
    for (const event of events) this.#host.publish(event, security);
  }

  #allowed(event: CimInstance): CimInstance {
    if (this.#selections.some((selection) => selects(selection, event))) return event;
    throw invalid(`indicate: no query of this sink selects the event of ${event.shape.className}`);
  }

  #narrower(query: string): EventSelection {
    const selection = this.#host.compile(query);
    const within = this.#selections.some(({ eventClass }) => isOrDerives(selection.eventClass, eventClass));
    if (within) return selection;
    throw invalid(`restrict: the provider did not register for ${selection.eventClass.className}`);
  }
}

function readDescriptor(bytes: Uint8Array): SecurityDescriptor {
  try {
    const descriptor = decodeSecurityDescriptor(bytes);
    prepareNamespaceDescriptor(descriptor);
    return descriptor;
  } catch (cause) {
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_PARAMETER,
      'setSinkSecurity: expected a self-relative descriptor with owner and group, got none',
      { cause },
    );
  }
}

function invalid(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, message);
}
