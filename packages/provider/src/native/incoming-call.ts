import {
  type ComPointer,
  IWbemContext,
  IWbemObjectSink,
  IWbemServices,
  NamespaceObjects,
  NULL,
  type ObjectArray,
  type Ptr,
  readContext,
} from '@wmisec/com-core';
import { failed, type Provider, type ProviderRequest, WbemError, WbemStatus } from '@wmisec/wbem';
import { extendedStatus } from './extended-status.ts';
import { captureCaller, type NativeCaller } from './native-caller.ts';
import { openServices } from './open-services.ts';
import { providerFailure } from './provider-failure.ts';
import { addReference, type ProviderSession } from './provider-session.ts';
import type { ProviderSite } from './provider-site.ts';
import { raceAbort } from './race-abort.ts';

const COMPLETE = 0;

/** What came with a call, borrowed from whoever makes it. */
export interface CallPointers {
  readonly context: Ptr<'IWbemContext'>;
  readonly sink: Ptr<'IWbemObjectSink'>;
}

/**
 * One call of WMI, from the moment it arrives until its sink has been told how it ended. Holds the caller's token and
 * references to everything that came with the call.
 */
export class IncomingCall implements Disposable {
  /** The SDK's name of what is asked, `ExecMethod`. */
  readonly operation: string;
  readonly site: ProviderSite;
  readonly objects: NamespaceObjects;
  readonly request: ProviderRequest;
  readonly sink: ComPointer<typeof IWbemObjectSink>;
  readonly #caller: NativeCaller;
  readonly #services: ComPointer<typeof IWbemServices>;
  readonly #context: ComPointer<typeof IWbemContext> | null;
  readonly #abort = new AbortController();

  /**
   * Takes down what is only at hand while the call is being served.
   * @throws WbemError for a caller that cannot be told.
   */
  constructor(
    site: ProviderSite,
    session: ProviderSession,
    operation: string,
    { context, sink }: CallPointers,
  ) {
    const { com } = site;
    this.site = site;
    this.operation = operation;
    this.#caller = captureCaller(com.native, site.foldsIdentity);
    this.sink = addReference(com, IWbemObjectSink, sink);
    this.#services = addReference(com, IWbemServices, session.services.ptr);
    this.#context = context === NULL ? null : addReference(com, IWbemContext, context);
    this.objects = new NamespaceObjects(com, this.#services.ptr, context);
    this.request = {
      namespace: session.namespace,
      caller: this.#caller,
      signal: this.#abort.signal,
      context: context === NULL ? {} : readContext(com, context),
      openServices: () => openServices(session.namespace, this.#caller),
    };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Ends the call with a status, whatever the provider does. */
  cancel(status: number): void {
    this.#abort.abort(new WbemError(status, undefined, { operation: this.operation }));
  }

  /**
   * Runs code of the provider until the call is cancelled.
   * @throws WbemError, anything else that is thrown as `WBEM_E_PROVIDER_FAILURE`.
   */
  async provide<T>(run: (provider: Provider, request: ProviderRequest) => T | PromiseLike<T>): Promise<T> {
    const { provider } = this.site;
    try {
      return await raceAbort(this.signal, () => run(provider, this.request));
    } catch (cause) {
      throw providerFailure(provider, this.operation, cause);
    }
  }

  /** @throws WbemError what the sink answers: whoever asked does not want more. */
  indicate(objects: ObjectArray): void {
    if (objects.length === 0) return;
    const hresult = this.sink.call('Indicate', objects.length, objects.ptr);
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'Indicate' });
  }

  /**
   * Tells the sink a good end.
   * @param status a success, which may tell of what is missing.
   * @param text what the call results in beside objects: a path.
   */
  succeed(status: number, text: string | null): void {
    using bstr = this.site.com.bstr(text);
    this.sink.call('SetStatus', COMPLETE, status, bstr.ptr, NULL);
  }

  fail(error: WbemError): void {
    const { name } = this.site.provider;
    using described = extendedStatus(this.objects, name, this.operation, error);
    this.sink.call(
      'SetStatus',
      COMPLETE,
      error.hresult,
      NULL,
      described?.first ?? (NULL as Ptr<'IWbemClassObject'>),
    );
  }

  [Symbol.dispose](): void {
    this.cancel(WbemStatus.WBEM_E_CALL_CANCELLED);
    this.objects[Symbol.dispose]();
    this.#context?.[Symbol.dispose]();
    this.#services[Symbol.dispose]();
    this.sink[Symbol.dispose]();
    this.#caller[Symbol.dispose]();
  }
}
