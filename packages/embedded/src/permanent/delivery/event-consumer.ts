import type { Principal, Sid } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';

/** What a consumer is told beside the event. */
export interface DeliveryContext {
  /** The logical consumer: the stored instance that says what to do. */
  readonly consumer: CimInstance;
  /** Where it is stored. */
  readonly namespace: string;
  /** Who created the subscription, as it is stored; administrators are `S-1-5-32-544`. */
  readonly creator: Sid;
  /**
   * Who raised the event, when the binding has `MaintainSecurityContext`, the event is no aggregate, and its
   * publisher lets itself be impersonated; else null.
   * @see docs/rules.md 5.8
   */
  readonly publisher: Principal | null;
  /** Aborted when the consumer is removed, or the service ends. */
  readonly signal: AbortSignal;
}

/**
 * Does with an event what a permanent consumer says. One event at a time: the next one waits until the promise
 * settles. What it rejects with, or throws, becomes a `__ConsumerFailureEvent`; the codes `WBEM_E_SERVER_TOO_BUSY`,
 * `WBEM_E_TRANSPORT_FAILURE` and `RPC_S_SERVER_UNAVAILABLE` ask for another try first.
 */
export type EventConsumer = (event: CimInstance, context: DeliveryContext) => void | Promise<void>;
