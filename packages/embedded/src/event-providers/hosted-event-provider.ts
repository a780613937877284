import type { Principal } from '@wmisec/access';
import {
  type EventProvider,
  failed,
  type Provider,
  type Subscriber,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { type CallerLoan, callerOf } from '../provider-host/caller-of.ts';
import type { Impersonation } from '../provider-host/impersonation.ts';
import { type EventSelection, overlap } from './event-selection.ts';
import { ProviderSink, type SinkHost } from './provider-sink.ts';
import type { SubscriptionAsk } from './subscription-ask.ts';

export interface HostedEventProviderOptions {
  readonly provider: Provider & { readonly events: EventProvider };
  readonly namespace: string;
  readonly selections: readonly EventSelection[];
  /** Whether it registered itself at run time: it gets no token of anybody. @see docs/rules.md 5.3 */
  readonly isDecoupled: boolean;
  readonly impersonation: Impersonation;
  readonly sinkHost: SinkHost;
}

/** One event provider in one namespace. What it throws ends there. */
export class HostedEventProvider {
  readonly #options: HostedEventProviderOptions;

  constructor(options: HostedEventProviderOptions) {
    this.#options = options;
  }

  raises(query: EventSelection): boolean {
    return this.#options.selections.some((selection) => overlap(selection, query));
  }

  /**
   * Lets somebody subscribe, or not: only what the provider says in time and by name lets in.
   * @throws WbemError `WBEM_E_ACCESS_DENIED`.
   * @see docs/rules.md 5.3
   */
  admit({ text, subscriber, call }: SubscriptionAsk): void {
    const { name, events } = this.#options.provider;
    if (events.accessCheck === undefined) return;
    const loan = { over: false };
    const told = this.#subscriberOf(subscriber, call.principal, loan);
    let cause: unknown;
    try {
      const answer = this.#asItself(() => events.accessCheck!(text, told));
      if (ADMITTING.has(answer)) return;
    } catch (error) {
      cause = error;
    } finally {
      loan.over = true;
    }
    throw new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, `the provider ${name} refused the subscription`, {
      cause,
      refusal: refusalOf(cause) ?? {
        gate: 'provider',
        missing: ['WBEM_RIGHT_SUBSCRIBE'],
        ace: null,
        fix: `ask whoever runs the provider ${name} to let ${call.principal.name} subscribe`,
      },
    });
  }

  newQuery(id: number, text: string): void {
    const { events } = this.#options.provider;
    this.#quietly(() => events.newQuery?.(id, text));
  }

  cancelQuery(id: number): void {
    const { events } = this.#options.provider;
    this.#quietly(() => events.cancelQuery?.(id));
  }

  /** Hands it its sink. */
  start(): void {
    const { provider, namespace, selections, sinkHost } = this.#options;
    const sink = new ProviderSink(sinkHost, selections);
    this.#quietly(() => provider.events.provideEvents(sink, namespace, sinkHost.signal));
  }

  #subscriberOf(
    subscriber: SubscriptionAsk['subscriber'],
    principal: Principal,
    loan: CallerLoan,
  ): Subscriber {
    if (subscriber.kind === 'permanent') return { kind: 'permanent', sid: subscriber.creator, caller: null };
    if (this.#options.isDecoupled) return { kind: 'decoupled', sid: null, caller: null };
    return { kind: 'temporary', sid: null, caller: callerOf(principal, this.#options.impersonation, loan) };
  }

  #quietly(run: () => void | Promise<void>): void {
    void (async () => this.#asItself(run))().catch(() => {});
  }

  #asItself<T>(run: () => T): T {
    return this.#options.impersonation.runAsItself(run);
  }
}

const ADMITTING: ReadonlySet<unknown> = new Set([
  WbemStatus.WBEM_S_NO_ERROR,
  WbemStatus.WBEM_S_SUBJECT_TO_SDS,
]);

function refusalOf(cause: unknown): WbemError['refusal'] {
  return cause instanceof WbemError && failed(cause.hresult) ? cause.refusal : undefined;
}
