import type { PropertyBag } from '../cim/values.ts';
import type { Caller, SidText } from './caller.ts';

/**
 * Who wants events, as far as a provider gets to know: of a temporary consumer the token, of a permanent one the SID
 * of who created the subscription. A decoupled provider gets to know nothing of a temporary one.
 * @see docs/rules.md 5.3
 */
export type Subscriber =
  | { readonly kind: 'temporary'; readonly sid: null; readonly caller: Caller }
  | { readonly kind: 'permanent'; readonly sid: SidText; readonly caller: null }
  | { readonly kind: 'decoupled'; readonly sid: null; readonly caller: null };

/** An extrinsic event as its provider tells it; `SECURITY_DESCRIPTOR` says who may receive it, null everyone. */
export interface ProvidedEvent {
  readonly className: string;
  readonly properties: PropertyBag;
}

/** How events may be gathered, `IWbemEventSink::SetBatchingParameters`. @see docs/rules.md 5.4 */
export interface Batching {
  /** `ifNeeded` 0, `must` 1, `mustNot` 2. */
  readonly mode: 'ifNeeded' | 'must' | 'mustNot';
  /** Bytes after which a batch is sent. Default: the host's. */
  readonly maxBuffer?: number;
  /** Milliseconds after which a batch is sent. Default: the host's. */
  readonly maxLatency?: number;
}

/** Where a provider's events go, `IWbemEventSink`. None of its methods waits. @see docs/rules.md 5.4, 5.5 */
export interface EventSink {
  /**
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for an event that its class or the queries of the sink do not allow;
   *   `WBEM_E_SERVER_TOO_BUSY`, after which it may be fired again; `WBEM_E_SHUTTING_DOWN`.
   */
  indicate(events: readonly ProvidedEvent[]): void;
  /**
   * Decides with `WBEM_RIGHT_SUBSCRIBE` who receives what comes through this sink.
   * @param descriptor self-relative, with owner and group.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for anything else; the one before stays in force.
   */
  setSinkSecurity(descriptor: Uint8Array): void;
  /**
   * A sink below this one for some of the registered queries, with security and batching of its own.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a query that the provider did not register for.
   * @throws ParseError `WBEM_E_INVALID_QUERY` for text that is no query.
   */
  restrict(queries: readonly string[]): EventSink;
  /** Whether somebody listens. An unrestricted sink always answers true. */
  isActive(): boolean;
  setBatching(batching: Batching): void;
}

/** What raises extrinsic events: the event half of a provider. */
export interface EventProvider {
  /** What it raises, as `__EventProviderRegistration.EventQueryList` says it: `SELECT * FROM Acme_DoorOpened`. */
  readonly queries: readonly string[];
  /**
   * Whether somebody may subscribe, `IWbemEventProviderSecurity::AccessCheck`, answered at once. Absent: everybody may.
   * Anything but the first two answers refuses, a fault too.
   * @returns `WBEM_S_NO_ERROR`, `WBEM_S_SUBJECT_TO_SDS` or `WBEM_E_ACCESS_DENIED`.
   */
  accessCheck?(query: string, subscriber: Subscriber): number;
  /** Somebody listens. May come before `provideEvents`, and repeatedly for one id. It must not throw. */
  newQuery?(id: number, query: string): void;
  cancelQuery?(id: number): void;
  /**
   * Takes the sink and comes back at once; events are raised from then on, until the signal is aborted.
   * @param namespace in which it serves, such as `root\cimv2`.
   */
  provideEvents(sink: EventSink, namespace: string, signal: AbortSignal): void | Promise<void>;
}
