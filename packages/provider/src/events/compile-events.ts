import { parseSddl, type SecurityDescriptor, type Sid, WellKnownSid } from '@wmisec/access';
import {
  AuthnLevel,
  type Caller,
  type EventProvider,
  type EventSink,
  ImpLevel,
  type Subscriber,
  WbemStatus,
} from '@wmisec/wbem';
import { type CallerPolicy, HostedCaller } from '../caller/hosted-caller.ts';
import type { EventDefinition, EventSubscriber, SubscriptionAnswer } from './event-definition.ts';
import { HostedEventSource } from './hosted-event-source.ts';
import { deniesSomebody, narrowed } from './narrowed.ts';

/** The right that subscribers need of a provider's security. */
const SUBSCRIBE = 'WBEM_RIGHT_SUBSCRIBE';

/** The events of a definition as hosts run them: its policy first, then what it says itself. */
export class CompiledEvents implements EventProvider {
  readonly queries: readonly string[];
  readonly #definition: EventDefinition;
  readonly #policy: CallerPolicy;
  readonly #security: SecurityDescriptor;

  /**
   * @param security of the definition, which `policy` has prepared.
   * @throws what `narrowed` throws.
   */
  constructor(definition: EventDefinition, policy: CallerPolicy, security: string) {
    this.queries =
      definition.queries ?? definition.classes.map(({ cls }) => `SELECT * FROM ${cls.className}`);
    this.#definition = definition;
    this.#policy = policy;
    this.#security =
      definition.security === undefined
        ? parseSddl(security)
        : narrowed(policy.security, definition.security);
  }

  accessCheck(query: string, subscriber: Subscriber): number {
    const { kind, sid } = subscriber;
    const caller = subscriber.caller === null ? null : new HostedCaller(subscriber.caller, this.#policy);
    const byPolicy = this.#policyAnswer(subscriber, caller);
    if (byPolicy === 'deny') return STATUS.deny;
    if (this.#definition.accessCheck === undefined) return STATUS[byPolicy];
    const told: EventSubscriber = { kind, sid, caller };
    const own = this.#definition.accessCheck(query, told);
    return STATUS[own === 'admit' ? byPolicy : own] ?? STATUS.deny;
  }

  newQuery(id: number, query: string): void {
    this.#definition.newQuery?.(id, query);
  }

  cancelQuery(id: number): void {
    this.#definition.cancelQuery?.(id);
  }

  provideEvents(sink: EventSink, namespace: string, signal: AbortSignal): void | Promise<void> {
    const narrow = (security: string) => narrowed(this.#policy.security, security);
    return this.#definition.start(new HostedEventSource({ sink, namespace, signal, narrow }, this.#security));
  }

  /** Of somebody unknown the sink's descriptor decides, which the host checks against their token. */
  #policyAnswer(subscriber: Subscriber, caller: HostedCaller | null): SubscriptionAnswer {
    if (subscriber.kind === 'decoupled') return 'perEvent';
    const judged = caller ?? new HostedCaller(creatorOf(subscriber.sid as Sid), this.#policy);
    if (!judged.judge(SUBSCRIBE).passed) return 'deny';
    return caller === null && deniesSomebody(this.#policy.security) ? 'perEvent' : 'admit';
  }
}

const STATUS: Readonly<Record<SubscriptionAnswer, number>> = {
  admit: WbemStatus.WBEM_S_NO_ERROR,
  perEvent: WbemStatus.WBEM_S_SUBJECT_TO_SDS,
  deny: WbemStatus.WBEM_E_ACCESS_DENIED,
};

/** Of the creator of a permanent subscription there is a SID, and no token: groups count for nothing. */
function creatorOf(sid: Sid): Caller {
  return {
    sid,
    remote: false,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Identify,
    token: { user: sid, groups: [WellKnownSid.World] },
  };
}
