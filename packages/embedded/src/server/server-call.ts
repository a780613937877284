import type { Principal } from '@wmisec/access';
import type { PropertyBag } from '@wmisec/wbem';

/** One call as it arrives at the service: who asks, at which levels, and what ends it. */
export interface ServerCall {
  /** The idiomatic name, `execQuery`. */
  readonly operation: string;
  /** With the levels at which this call arrived. */
  readonly principal: Principal;
  /** Aborted when the call is cancelled or its time is up; the reason is the WbemError to answer with. */
  readonly signal: AbortSignal;
  /** Values for the provider. */
  readonly context: PropertyBag;
}
