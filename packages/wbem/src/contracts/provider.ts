import type { CimClass } from '../cim/objects.ts';
import type { PropertyBag } from '../cim/values.ts';
import type { AuthnLevel } from '../security/authn-level.ts';
import type { ImpLevel } from '../security/imp-level.ts';
import type { MethodResult } from './services.ts';

/** Who asks: the facts of the call being served. */
export interface Caller {
  /** The caller's SID, `S-1-5-...`. */
  readonly sid: string;
  readonly remote: boolean;
  readonly authnLevel: AuthnLevel;
  readonly impLevel: ImpLevel;
}

export interface ProviderRequest {
  readonly namespace: string;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly context: PropertyBag;
}

export interface EnumerateRequest extends ProviderRequest {
  /** The properties that the query reads, in declared case; null for all. Others may be left out. */
  readonly properties: ReadonlySet<string> | null;
}

/**
 * What serves the instances of dynamic classes. A provider that lacks a member answers that operation with
 * `WBEM_E_PROVIDER_NOT_CAPABLE`.
 */
export interface Provider {
  readonly name: string;
  readonly classes: readonly CimClass[];
  /** Rows in batches; an empty batch is legal. */
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
}
