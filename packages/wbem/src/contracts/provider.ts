import type { CimClass } from '../cim/objects.ts';
import type { PropertyBag } from '../cim/values.ts';
import type { Condition } from '../wql/query.ts';
import type { Caller } from './caller.ts';
import type { EventProvider } from './event-provider.ts';
import type { MethodResult, WbemServices } from './services.ts';

export interface ProviderRequest {
  readonly namespace: string;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly context: PropertyBag;
  /**
   * The way back into the service, what `IWbemProviderInit::Initialize` is given: a connection to the provider's
   * namespace, which the provider disposes. Its calls are the provider's own; those made while it impersonates are the
   * caller's. Absent where a host has none.
   * @see docs/rules.md 4.5, 9.13
   */
  readonly openServices?: () => Promise<WbemServices>;
}

export interface EnumerateRequest extends ProviderRequest {
  /** The properties that the query reads, in declared case; null for all. Others may be left out. */
  readonly properties: ReadonlySet<string> | null;
  /** What the query asks of its rows; null for nothing. Rows for which it does not hold may be left out. */
  readonly where: Condition | null;
}

/**
 * What serves the instances of dynamic classes. A provider that lacks a member answers that operation with
 * `WBEM_E_PROVIDER_NOT_CAPABLE`.
 */
export interface Provider {
  readonly name: string;
  readonly classes: readonly CimClass[];
  /** Rows in batches; an empty batch is legal. Throwing a WbemError with a success status ends them with that. */
  enumerate?(
    className: string,
    request: EnumerateRequest,
  ): Iterable<readonly PropertyBag[]> | AsyncIterable<readonly PropertyBag[]>;
  /** @returns null when there is no such instance. */
  getInstance?(className: string, keys: PropertyBag, request: ProviderRequest): Promise<PropertyBag | null>;
  putInstance?(className: string, properties: PropertyBag, request: ProviderRequest): Promise<void>;
  deleteInstance?(className: string, keys: PropertyBag, request: ProviderRequest): Promise<void>;
  /** @param keys null for a static method. */
  execMethod?(
    className: string,
    keys: PropertyBag | null,
    method: string,
    inParams: PropertyBag,
    request: ProviderRequest,
  ): Promise<MethodResult>;
  /** Absent when it raises no events. */
  readonly events?: EventProvider;
}
