import { decodeSid } from '@wmisec/access';
import {
  type ComPointer,
  IWbemEventProvider,
  IWbemEventProviderQuerySink,
  IWbemEventProviderSecurity,
  IWbemObjectSink,
  IWbemServices,
  NamespaceObjects,
  NULL,
  type Ptr,
  type ServedInterface,
  serve,
} from '@wmisec/com-core';
import {
  type EventProvider,
  type SidText,
  type Subscriber,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { NativeEventSink } from './native-event-sink.ts';
import { addReference, type ProviderSession } from './provider-session.ts';
import type { ProviderSite } from './provider-site.ts';

const ADMITTING: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_S_NO_ERROR,
  WbemStatus.WBEM_S_SUBJECT_TO_SDS,
]);

/** A SID has one count of sub-authorities, and 8 bytes before them. */
const MOST_SID_BYTES = 8 + 4 * 15;

/** The event half of a hosted provider, from the sink that WMI gives it until it is stopped. */
export class ServedEvents implements Disposable {
  readonly interfaces: readonly ServedInterface[];
  readonly #site: ProviderSite;
  readonly #events: EventProvider;
  readonly #session: () => ProviderSession | undefined;
  readonly #stop = new AbortController();
  readonly #held: Disposable[] = [];
  #provider: Ptr = NULL as Ptr;

  /** @param session what WMI initialised the provider with. */
  constructor(site: ProviderSite, events: EventProvider, session: () => ProviderSession | undefined) {
    this.#site = site;
    this.#events = events;
    this.#session = session;
    this.interfaces = [this.#serveProvider(), this.#serveSecurity(), this.#serveQueries()];
  }

  /** Whether the provider has got its sink. */
  get started(): boolean {
    return this.#held.length > 0;
  }

  /** @param unknown of the provider's object, borrowed. */
  attach(unknown: Ptr): void {
    this.#provider = unknown;
  }

  /** Hands the provider its sink, later, so that whoever brings it goes on at once. @param sink taken over. */
  start(sink: ComPointer<typeof IWbemObjectSink>, { services, namespace }: ProviderSession): void {
    const { com, scope } = this.#site;
    const kept = addReference(com, IWbemServices, services.ptr);
    const objects = new NamespaceObjects(com, kept.ptr);
    const site = {
      com,
      objects,
      provider: this.#provider,
      classOf: (className: string) => this.#site.classOf(className),
      hold: (held: Disposable) => void this.#held.unshift(held),
      signal: this.#stop.signal,
    };
    this.#held.push(objects, kept);
    const made = new NativeEventSink(site, sink);
    const work = Promise.resolve().then(() => this.#events.provideEvents(made, namespace, this.#stop.signal));
    work.catch((error) => scope.report(error));
  }

  /** Ends the events. Idempotent. */
  [Symbol.dispose](): void {
    this.#stop.abort();
    for (const held of this.#held.splice(0)) held[Symbol.dispose]();
  }

  #serveProvider(): ServedInterface {
    return serve(IWbemEventProvider, {
      ProvideEvents: (sink, flags) => {
        const session = this.#session();
        if (sink === NULL || flags !== 0) return WbemStatus.WBEM_E_INVALID_PARAMETER;
        if (session === undefined || this.#stop.signal.aborted) return WbemStatus.WBEM_E_UNEXPECTED;
        this.start(addReference(this.#site.com, IWbemObjectSink, sink), session);
        return WbemStatus.WBEM_S_NO_ERROR;
      },
    });
  }

  /** No client's token reaches a decoupled provider; what it says must be one of two words to let anybody in. */
  #serveSecurity(): ServedInterface {
    return serve(IWbemEventProviderSecurity, {
      AccessCheck: (language, query, length, sid) => {
        const { accessCheck } = this.#events;
        if (!sameName(this.#text(language), 'WQL')) return WbemStatus.WBEM_E_INVALID_QUERY_TYPE;
        if (accessCheck === undefined) return WbemStatus.WBEM_S_NO_ERROR;
        const answer = this.#quietly(() =>
          accessCheck.call(this.#events, this.#text(query), this.#subscriber(length, sid)),
        );
        return answer !== undefined && ADMITTING.has(answer) ? answer : WbemStatus.WBEM_E_ACCESS_DENIED;
      },
    });
  }

  #serveQueries(): ServedInterface {
    return serve(IWbemEventProviderQuerySink, {
      NewQuery: (id, _language, query) => {
        this.#quietly(() => this.#events.newQuery?.(id, this.#text(query)));
        return WbemStatus.WBEM_S_NO_ERROR;
      },
      CancelQuery: (id) => {
        this.#quietly(() => this.#events.cancelQuery?.(id));
        return WbemStatus.WBEM_S_NO_ERROR;
      },
    });
  }

  #subscriber(length: number, sid: Ptr): Subscriber {
    if (sid === NULL && length === 0) return { kind: 'decoupled', sid: null, caller: null };
    if (sid === NULL || length <= 0 || length > MOST_SID_BYTES)
      throw new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `expected a SID, got ${length} bytes`);
    const creator = decodeSid(this.#site.com.native.memory.read(sid, length)) as SidText;
    return { kind: 'permanent', sid: creator, caller: null };
  }

  #text(ptr: Ptr): string {
    return ptr === NULL ? '' : this.#site.com.native.memory.readText(ptr);
  }

  /** What the provider throws is told to its author and to nobody else. */
  #quietly<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#site.scope.report(error);
      return undefined;
    }
  }
}
