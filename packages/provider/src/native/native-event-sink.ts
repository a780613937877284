import { decodeSecurityDescriptor } from '@wmisec/access';
import {
  type Com,
  type ComPointer,
  IWbemEventSink,
  type IWbemObjectSink,
  type NamespaceObjects,
  type Ptr,
} from '@wmisec/com-core';
import {
  type Batching,
  type CimClass,
  type CimInstance,
  type EventSink,
  failed,
  instanceOf,
  type ProvidedEvent,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';

/** `WBEM_BATCH_TYPE` of wbemprov.h. */
const BATCH_MODES = { ifNeeded: 0, must: 1, mustNot: 2 } as const;

/** What the sinks of one provider share. */
export interface EventSite {
  readonly com: Com;
  readonly objects: NamespaceObjects;
  /** The `IUnknown` of the provider, which restricted sinks tell of queries. */
  readonly provider: Ptr;
  readonly classOf: (className: string) => CimClass;
  /** Takes over what is released when the provider stops. */
  readonly hold: (pointer: Disposable) => void;
  readonly signal: AbortSignal;
}

/** WMI's sink for the events of a provider. */
export class NativeEventSink implements EventSink {
  readonly #site: EventSite;
  readonly #sink: ComPointer<typeof IWbemObjectSink>;
  readonly #extended: ComPointer<typeof IWbemEventSink> | null;

  /** @param sink what WMI gave; the site holds it. */
  constructor(site: EventSite, sink: ComPointer<typeof IWbemObjectSink>) {
    this.#site = site;
    this.#sink = sink;
    this.#extended = site.com.cast(sink.ptr as Ptr, IWbemEventSink);
    site.hold(sink);
    if (this.#extended !== null) site.hold(this.#extended);
  }

  indicate(events: readonly ProvidedEvent[]): void {
    this.#requireOpen();
    if (events.length === 0) return;
    using objects = this.#site.objects.instances(events.map((event) => this.#instance(event)));
    this.#check(this.#sink.call('Indicate', objects.length, objects.ptr), 'Indicate');
  }

  setSinkSecurity(descriptor: Uint8Array): void {
    const sink = this.#requireExtended();
    requireIdentity(descriptor);
    using block = this.#site.com.native.memory.alloc(descriptor.length);
    block.bytes.set(descriptor);
    this.#check(sink.call('SetSinkSecurity', descriptor.length, block.ptr), 'SetSinkSecurity');
  }

  restrict(queries: readonly string[]): EventSink {
    const sink = this.#requireExtended();
    const { com, provider } = this.#site;
    using out = com.native.memory.alloc(8);
    using array = com.native.memory.alloc(8 * Math.max(1, queries.length));
    const texts = queries.map((query) => com.bstr(query));
    try {
      for (const [i, text] of texts.entries()) array.setPointer(8 * i, text.ptr);
      const hresult = sink.call('GetRestrictedSink', queries.length, array.ptr, provider, out.ptr);
      this.#check(hresult, 'GetRestrictedSink');
    } finally {
      for (const text of texts) text[Symbol.dispose]();
    }
    return new NativeEventSink(
      this.#site,
      com.own(IWbemEventSink, out.pointer<'IWbemEventSink'>())! as never,
    );
  }

  isActive(): boolean {
    if (this.#site.signal.aborted) return false;
    if (this.#extended === null) return true;
    const hresult = this.#extended.call('IsActive');
    return !failed(hresult) && hresult !== WbemStatus.WBEM_S_FALSE;
  }

  setBatching({ mode, maxBuffer = 0, maxLatency = 0 }: Batching): void {
    const sink = this.#requireExtended();
    this.#check(
      sink.call('SetBatchingParameters', BATCH_MODES[mode], maxBuffer, maxLatency),
      'SetBatchingParameters',
    );
  }

  #instance({ className, properties }: ProvidedEvent): CimInstance {
    try {
      return instanceOf(this.#site.classOf(className), properties);
    } catch (cause) {
      if (!(cause instanceof WbemError)) throw cause;
      throw new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, cause.message, { cause });
    }
  }

  #requireExtended(): ComPointer<typeof IWbemEventSink> {
    this.#requireOpen();
    if (this.#extended !== null) return this.#extended;
    throw new WbemError(WbemStatus.WBEM_E_NOT_SUPPORTED, 'this sink of WMI has no security of its own');
  }

  #requireOpen(): void {
    if (!this.#site.signal.aborted) return;
    throw new WbemError(WbemStatus.WBEM_E_SHUTTING_DOWN, 'the provider has been stopped');
  }

  #check(hresult: number, operation: string): void {
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation });
  }
}

/** WMI raises events as the owner of the sink's descriptor, so that it has to have one. @see docs/rules.md 5.4 */
function requireIdentity(bytes: Uint8Array): void {
  try {
    const { owner, group } = decodeSecurityDescriptor(bytes);
    if (owner !== null && group !== null) return;
  } catch {
    // Said below.
  }
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    'expected a self-relative security descriptor with owner and group',
  );
}
