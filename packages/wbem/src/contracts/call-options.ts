import type { PropertyBag } from '../cim/values.ts';

export interface CallOptions {
  /** Ends the call with `WBEM_E_CALL_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; absent means no limit. Past it the call ends with `WBEM_E_TIMED_OUT`. */
  readonly timeoutMs?: number | undefined;
  /** Values for the provider, `IWbemContext`. */
  readonly context?: PropertyBag | undefined;
}

export interface GetOptions extends CallOptions {
  /** Asks for localised qualifiers, `WBEM_FLAG_USE_AMENDED_QUALIFIERS`. Default false. */
  readonly amended?: boolean | undefined;
}

export interface EnumOptions extends CallOptions {
  /** Descendants of every depth (true, default) or the immediate ones only. */
  readonly deep?: boolean | undefined;
}

export interface PutOptions extends CallOptions {
  /** Default `createOrUpdate`. */
  readonly mode?: 'createOrUpdate' | 'updateOnly' | 'createOnly' | undefined;
}
