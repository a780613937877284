import type { SecurityDescriptor } from '@wmisec/access';
import type { Batching } from '@wmisec/wbem';
import type { ProviderCaller } from '../caller/provider-caller.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import type { GivenRow } from '../schema/row-types.ts';

export interface RaiseOptions {
  /** Who may receive this event, with `WBEM_RIGHT_SUBSCRIBE` (0x40); text is SDDL. Default: who the sink lets. */
  readonly security?: string | SecurityDescriptor;
}

/** Where a provider raises its events. Nothing here waits. @see docs/rules.md 5.4 */
export interface EventSource {
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  /** Aborted when nobody takes events any more. */
  readonly signal: AbortSignal;
  /**
   * @throws WbemError for values that do not fit, `WBEM_E_SERVER_TOO_BUSY`, `WBEM_E_SHUTTING_DOWN`.
   * @throws ParseError `INVALID_SDDL`.
   */
  raise<S extends EventSchema>(schema: S, event: GivenRow<S>, options?: RaiseOptions): void;
  /**
   * A source for some of the queries, which knows whether somebody listens to them.
   * @param security of its events, which lets in nobody whom that of the definition keeps out. Default: that of this
   *   source.
   * @throws WmisecError `INVALID_ARGUMENT` for one that does.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a query that the provider does not serve.
   */
  restrict(queries: readonly string[], security?: string): EventSource;
  /** Whether somebody listens; a source that is not restricted always says so. */
  isActive(): boolean;
  setBatching(batching: Batching): void;
}

/** Who wants to subscribe. @see docs/rules.md 5.3 */
export interface EventSubscriber {
  /** `decoupled`: a temporary consumer of whom the host tells nothing. */
  readonly kind: 'temporary' | 'permanent' | 'decoupled';
  /** Who created a permanent subscription; else null. */
  readonly sid: string | null;
  /** The temporary consumer; else null. */
  readonly caller: ProviderCaller | null;
}

/** `perEvent` lets in whom the descriptors of the events will judge, `WBEM_S_SUBJECT_TO_SDS`. */
export type SubscriptionAnswer = 'admit' | 'perEvent' | 'deny';

/**
 * What raises events. Whoever the `security` of the definition grants `WBEM_RIGHT_SUBSCRIBE` (0x40) may subscribe,
 * and receives; on top of that there are three ways to narrow it:
 *
 * * `accessCheck`, where it depends on who subscribes: the cheapest, and the only one that says no to a subscriber;
 * * a source of `restrict` with a security of its own, where it depends on the kind of event;
 * * the `security` of one event, where it depends on the event.
 *
 * @see docs/rules.md 5.2
 */
export interface EventDefinition {
  readonly classes: readonly EventSchema[];
  /** What it registers for. Default: `SELECT * FROM` each class. */
  readonly queries?: readonly string[];
  /**
   * Who receives what comes through the source: fewer than the `security` of the definition lets in, which a host that
   * tells nothing of its subscribers cannot ask as well. Default: that `security`.
   */
  readonly security?: string;
  /**
   * Whether somebody whom `security` lets may subscribe, answered at once; throwing denies. Default: yes. Of a permanent
   * subscription it gets a SID, of a temporary consumer of a decoupled provider nothing.
   */
  accessCheck?(query: string, subscriber: EventSubscriber): SubscriptionAnswer;
  /** Begins to raise events, and comes back. */
  start(source: EventSource): void | Promise<void>;
  /** Somebody listens. It may come before `start`, and repeatedly for one id. */
  newQuery?(id: number, query: string): void;
  cancelQuery?(id: number): void;
}
