import {
  Com,
  IWbemProviderInit,
  IWbemProviderInitSink,
  NULL,
  type Ptr,
  type ServedInterface,
  serve,
} from '@wmisec/com-core';
import type { ApartmentScope, HostedParts } from '@wmisec/privileges';
import { parseHostingModel, WbemError, WbemStatus } from '@wmisec/wbem';
import {
  type DecoupledRegistration,
  type RegistrationRequest,
  registerEvents,
  registerInstances,
} from './decoupled-registration.ts';
import type { HostQuestion, HostSettings } from './host-question.ts';
import { type CallPointers, IncomingCall } from './incoming-call.ts';
import type { LoadedProvider } from './load-provider.ts';
import { type Operation, ProviderCalls } from './provider-calls.ts';
import { openSession, type ProviderSession } from './provider-session.ts';
import { ProviderSite } from './provider-site.ts';
import { ServedEvents } from './served-events.ts';
import { serveServices } from './served-services.ts';

/** One provider as COM sees it: what WMI calls, the calls under way, and the registrations. */
export class ServedProvider implements HostedParts {
  readonly interfaces: readonly [ServedInterface, ...ServedInterface[]];
  readonly #com: Com;
  readonly #site: ProviderSite;
  readonly #namespace: string | null;
  readonly #calls = new ProviderCalls();
  readonly #events: ServedEvents | null;
  readonly #registrations: DecoupledRegistration[] = [];
  #session: ProviderSession | undefined;
  #stopping = false;

  constructor(
    scope: ApartmentScope,
    { provider, namespace, hosting }: LoadedProvider,
    settings: HostSettings,
  ) {
    const folds = foldsIdentity(settings.hosting ?? hosting);
    this.#com = new Com(scope.native);
    this.#com.use();
    this.#site = new ProviderSite(this.#com, scope, provider, folds);
    this.#namespace = namespace;
    const { events } = provider;
    this.#events = events === undefined ? null : new ServedEvents(this.#site, events, () => this.#session);
    this.interfaces = [
      this.#serveInit(),
      serveServices(this.#com, {
        begin: (operation, pointers, run) => this.#begin(operation, pointers, run),
        cancel: (sink) => this.#calls.cancel(scope.native, sink),
      }),
      ...(this.#events?.interfaces ?? []),
    ];
  }

  /** @throws WbemError what the registrar answers. */
  async answer(question: HostQuestion): Promise<void> {
    if (question.kind === 'register') this.#register(question);
    else await this.#stop(question.graceMs);
  }

  #register(asked: Extract<HostQuestion, { kind: 'register' }>): void {
    const request = {
      provider: asked.unknown as Ptr,
      registration: asked.registration ?? this.#site.provider.name,
      scope: asked.scope === undefined ? this.#namespace : asked.scope,
    };
    if (this.#events === null || this.#site.servesInstances)
      this.#registrations.push(registerInstances(this.#com, request));
    if (this.#events !== null) this.#registerEvents(this.#events, request);
  }

  /** WMI may leave it to the provider to fetch its sink. */
  #registerEvents(events: ServedEvents, request: RegistrationRequest): void {
    events.attach(request.provider);
    const registration = registerEvents(this.#com, request);
    this.#registrations.push(registration);
    if (events.started || this.#session === undefined) return;
    events.start(registration.sink(), this.#session);
  }

  async #stop(graceMs: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#events?.[Symbol.dispose]();
    for (const registration of this.#registrations.splice(0)) registration[Symbol.dispose]();
    await this.#calls.stop(graceMs);
    this.#session?.services[Symbol.dispose]();
    this.#session = undefined;
    await this.#com.leave();
  }

  #serveInit(): ServedInterface {
    return serve(IWbemProviderInit, {
      Initialize: (_user, _flags, namespace, _locale, services, _context, sink) => {
        if (services === NULL || sink === NULL) return WbemStatus.WBEM_E_INVALID_PARAMETER;
        if (this.#stopping) return WbemStatus.WBEM_E_SHUTTING_DOWN;
        const before = this.#session;
        this.#session = openSession(this.#com, namespace, services);
        before?.services[Symbol.dispose]();
        this.#com.native.bind(IWbemProviderInitSink, sink).SetStatus(WBEM_S_INITIALIZED, 0);
        return WbemStatus.WBEM_S_NO_ERROR;
      },
    });
  }

  #begin(operation: string, pointers: CallPointers, run: Operation): number {
    if (pointers.sink === NULL) return WbemStatus.WBEM_E_INVALID_PARAMETER;
    if (this.#stopping) return WbemStatus.WBEM_E_SHUTTING_DOWN;
    if (this.#session === undefined) return WbemStatus.WBEM_E_UNEXPECTED;
    this.#calls.start(new IncomingCall(this.#site, this.#session, operation, pointers), run);
    return WbemStatus.WBEM_S_NO_ERROR;
  }
}

/** What `IWbemProviderInitSink.SetStatus` takes for a provider that is ready. */
const WBEM_S_INITIALIZED = 0;

/** @throws WbemError `WBEM_E_INVALID_PROVIDER_REGISTRATION` for a model in which no process registers itself. */
function foldsIdentity(hosting: string | null): boolean {
  const { kind, foldIdentity } = parseHostingModel(hosting ?? 'Decoupled:Com');
  if (kind === 'decoupledCom') return foldIdentity;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PROVIDER_REGISTRATION,
    `expected a decoupled hosting model, such as Decoupled:Com, got ${hosting}`,
  );
}
