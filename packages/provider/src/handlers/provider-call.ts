import type { Condition, PropertyBag, WbemServices } from '@wmisec/wbem';
import type { Demand } from '../caller/demand.ts';
import type { ProviderCaller } from '../caller/provider-caller.ts';

/** The call that a handler serves. */
export interface ProviderCall {
  readonly caller: ProviderCaller;
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  /** Aborted when the call ends early; nobody waits for the handler then. */
  readonly signal: AbortSignal;
  /** What the caller sent along, `IWbemContext`. */
  readonly context: PropertyBag;
  /**
   * Opens a connection to the provider's namespace, which the handler disposes: as the provider's own account, or as
   * the caller inside of `impersonate`.
   * @throws WbemError `WBEM_E_NOT_SUPPORTED` where the host has no way back.
   * @see docs/rules.md 4.5
   */
  openServices(): Promise<WbemServices>;
}

/** An enumeration, and how it says that rows are missing. @see docs/rules.md 4.6 */
export interface EnumerateCall extends ProviderCall {
  /** The properties that are read, in declared case; null for all. Others may be left out. */
  readonly properties: ReadonlySet<string> | null;
  /**
   * What the rows that are wanted meet; null for nothing. The host looks again, so that more may be given. Ask
   * `admits` of a row before this is, or the status tells whether a row that is kept back meets it.
   */
  readonly where: Condition | null;
  /** Whether the caller meets the demand; where not, the enumeration ends with `WBEM_S_ACCESS_DENIED`. */
  admits(demand: Demand): boolean;
  /** The enumeration ends with `WBEM_S_PARTIAL_RESULTS`: something that is not about rights is missing. */
  incomplete(): void;
}

/** A method call: on which instance, beside the parameters. */
export interface MethodCall<Keys> extends ProviderCall {
  /** null for a static method. */
  readonly keys: Keys;
}
