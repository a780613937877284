import type { PreparedDescriptor, Sid, Token } from '@wmisec/access';
import { WbemError, WbemStatus } from '@wmisec/wbem';
import type { EventEngine } from '../events/event-engine.ts';
import type { RaisedEvent } from '../events/raised-event.ts';
import type { EventReceiver, ReceivedEvent } from '../events/subscriber.ts';
import type { Subscription } from '../events/subscription.ts';
import type { Guard } from '../gates/guard.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { prepareEventAccess } from './event-access.ts';
import { eventNamespace } from './event-namespace.ts';
import type { LiveBinding, StoredPart } from './live-bindings.ts';
import type { PrincipalDirectory } from './principal-directory.ts';
import type { Publishers } from './publishers.ts';

export interface FilterActivationOptions {
  readonly engine: EventEngine;
  readonly guard: Guard;
  readonly directory: PrincipalDirectory;
  readonly publishers: Publishers;
  readonly namespaceOf: (path: string) => Namespace;
  /** Of the service. */
  readonly signal: AbortSignal;
  /** Takes an event to the consumer of a binding. */
  readonly send: (binding: LiveBinding, event: ReceivedEvent) => void;
  /** Told when the filter cannot be, or be kept, activated. */
  readonly onFailure: (activation: FilterActivation, error: unknown) => void;
}

/** Of what a filter is made as far as its activation goes. */
interface FilterDefinition {
  readonly query: string;
  readonly namespace: string;
  readonly eventAccess: PreparedDescriptor | null;
}

/**
 * A filter that is bound: subscribes as its creator to the events that it asks for, and gives them to all of its
 * consumers. Its creator is judged again whenever events come, once a turn.
 * @see docs/rules.md 5.7
 */
export class FilterActivation implements EventReceiver {
  /** What has to be the same for it to go on as it is. */
  readonly signature: string;
  readonly creator: Sid;
  readonly filter: StoredPart;
  readonly #own: string;
  readonly #options: FilterActivationOptions;
  #bindings: readonly LiveBinding[];
  #running: Running | null = null;

  /** @param own the namespace of the filter. @param bindings of it, one at least. */
  constructor(own: string, bindings: readonly LiveBinding[], options: FilterActivationOptions) {
    this.#own = own;
    this.#options = options;
    this.#bindings = bindings;
    this.creator = bindings[0]!.creator;
    this.filter = bindings[0]!.filter;
    this.signature = signatureOf(bindings[0]!);
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  get query(): string {
    return String(this.filter.instance.properties['Query']);
  }

  /** Takes other bindings of the same filter. */
  bind(bindings: readonly LiveBinding[]): void {
    this.#bindings = bindings;
  }

  /** Idempotent. Never throws. */
  start(): void {
    if (this.#running !== null) return;
    const end = new AbortController();
    try {
      const definition = this.#definition();
      const call = this.#callOfCreator(end.signal);
      const running: Running = { definition, call, end, judged: false };
      this.#running = running;
      this.#subscribe(running).catch((error: unknown) => this.#failed(running, error));
    } catch (error) {
      this.#options.onFailure(this, error);
    }
  }

  /** Idempotent. */
  close(): void {
    this.#running?.end.abort(
      new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the filter is not bound any more'),
    );
    this.#running = null;
  }

  accepts({ publisher }: RaisedEvent): boolean {
    const access = this.#running?.definition.eventAccess ?? null;
    return access === null || this.#options.publishers.mayPublish(access, publisher);
  }

  receive(event: ReceivedEvent): void {
    if (!this.#isStillAllowed()) return;
    for (const binding of this.#bindings) this.#options.send(binding, event);
  }

  fail(error: unknown): void {
    if (this.#running !== null) this.#failed(this.#running, error);
  }

  async #subscribe(running: Running): Promise<Subscription> {
    const { definition, call, end } = running;
    const { engine, guard, namespaceOf, signal } = this.#options;
    const namespace = namespaceOf(definition.namespace);
    const admit = (later: ServerCall) => guard.admit(later, namespace.path, 'execNotificationQuery');
    admit(call);
    return engine.subscribe(namespace, {
      ...{ query: definition.query, call, admit, signals: [signal, end.signal] },
      subscriber: { kind: 'permanent', creator: this.creator, receiver: this },
    });
  }

  #definition(): FilterDefinition {
    const { Query, EventNamespace, EventAccess } = this.filter.instance.properties;
    return {
      query: String(Query),
      namespace: eventNamespace(EventNamespace, this.#own),
      eventAccess: prepareEventAccess(EventAccess),
    };
  }

  #callOfCreator(signal: AbortSignal): ServerCall {
    const principal = this.#options.directory.principalOf(this.creator);
    if (principal !== null) return { operation: 'execNotificationQuery', principal, signal, context: {} };
    throw new WbemError(
      WbemStatus.WBEMESS_E_AUTHZ_NOT_PRIVILEGED,
      `the groups of the creator ${this.creator} cannot be read`,
    );
  }

  #isStillAllowed(): boolean {
    const running = this.#running;
    if (running === null) return false;
    if (running.judged) return true;
    try {
      if (!this.#isAsBefore(running)) return false;
      running.judged = true;
      setImmediate(() => {
        running.judged = false;
      });
      return true;
    } catch (error) {
      this.#failed(running, error);
      return false;
    }
  }

  /** Events are checked against the token of the subscription: a creator in other groups needs a new one. */
  #isAsBefore({ call, definition, end }: Running): boolean {
    const now = this.#callOfCreator(end.signal);
    this.#options.guard.admit(now, definition.namespace, 'execNotificationQuery');
    if (sameToken(now.principal.token, call.principal.token)) return true;
    this.close();
    this.start();
    return false;
  }

  #failed(running: Running, error: unknown): void {
    if (this.#running !== running || this.#options.signal.aborted) return;
    this.close();
    this.#options.onFailure(this, error);
  }
}

interface Running {
  readonly definition: FilterDefinition;
  readonly call: ServerCall;
  readonly end: AbortController;
  /** In this turn. */
  judged: boolean;
}

export function signatureOf({ creator, filter }: LiveBinding): string {
  const { Query, EventNamespace, EventAccess } = filter.instance.properties;
  return JSON.stringify([creator, Query, EventNamespace, EventAccess]);
}

function sameToken(a: Token, b: Token): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
