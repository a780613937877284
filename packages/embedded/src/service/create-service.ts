import type { Principal, SecurityDescriptor } from '@wmisec/access';
import { foldName, type PropertyBag, type Provider, type Transport, WmisecError } from '@wmisec/wbem';
import { type Accounts, type AccountsOptions, openAccounts } from '../accounts/accounts.ts';
import { Audit, type AuditOptions } from '../audit/audit.ts';
import { type RegisteredProvider, Registrar } from '../decoupled/registrar.ts';
import type { EventCounts } from '../events/event-engine.ts';
import type { Timers } from '../events/timers.ts';
import { type HostOptions, serverHost } from '../gates/server-host.ts';
import { addDefaultNamespaces } from '../namespaces/default-namespaces.ts';
import type { ConsumerOptions } from '../permanent/consumer-options.ts';
import { createRegistry } from '../permanent/create-registry.ts';
import { EventLog } from '../permanent/event-log/event-log.ts';
import { ntLogEventProvider } from '../permanent/event-log/nt-log-event-provider.ts';
import type { PermanentCounts } from '../permanent/permanent-subscriptions.ts';
import { PrincipalDirectory } from '../permanent/principal-directory.ts';
import { machineProviders } from '../providers/machine-providers.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { DEFAULT_NAMESPACE, type ProviderRegistration, Server } from '../server/server.ts';
import type { CallbackSettings } from '../sinks/callback-settings.ts';
import type { EmbeddedApartment } from '../sinks/embedded-apartment.ts';
import { ServiceCallbacks } from '../sinks/service-callbacks.ts';
import { type Clock, systemClock } from './clock.ts';
import { EmbeddedTransport } from './embedded-transport.ts';
import { openAsProvider } from './open-as-provider.ts';
import { OWNER } from './owner.ts';
import { REMOTE_CLIENT } from './remote-client.ts';

export interface ServiceOptions {
  /**
   * What serves dynamic classes; a bare provider serves in `root\cimv2`. Default: `machineProviders()`, the
   * data of this machine.
   */
  readonly providers?: readonly (Provider | ProviderRegistration)[] | undefined;
  /** Where namespaces, static classes and instances are kept; disposed with the service. Default: in memory. */
  readonly repository?: Repository | undefined;
  /** Who may connect by name, beside the owner. Default: nobody. */
  readonly principals?: readonly Principal[] | undefined;
  /** How the accounts in the repository are treated. */
  readonly accounts?: Omit<AccountsOptions, 'clock'> | undefined;
  /** How DCOM lets callers in. Default: as Windows does. */
  readonly host?: HostOptions | undefined;
  /** Where refusals are written, beside the channel `wmisec:refusal`. */
  readonly audit?: AuditOptions | undefined;
  /**
   * What this machine says about callbacks; asked for each asynchronous call, and for each stub that leaves it to the
   * machine. Default: what Windows does with nothing set. @see docs/rules.md 3.3
   */
  readonly callbackSettings?: (() => CallbackSettings) | undefined;
  /** What permanent subscriptions may do. Default: write into the event log of the service, and nothing else. */
  readonly consumers?: ConsumerOptions | undefined;
  /** Default: the clock of the system. */
  readonly clock?: Clock | undefined;
  /** What polling, grouping and timer instructions wait with. Default: the timers of the process. */
  readonly timers?: Timers | undefined;
}

export interface TransportOptions {
  /**
   * Who connects: a principal, or the name of one that the service was given. Its levels are those of the
   * client's process. Default: the owner.
   */
  readonly as?: Principal | string | undefined;
  /** Instead of `as`: a client on another machine, who is nobody unless its requests bring credentials. */
  readonly remote?: boolean | undefined;
  /**
   * Whom the calling thread impersonates now, null for nobody: what proxies that cloak show to the service, as
   * that principal's token; the levels are the proxy's, the token's impersonation level where that is lower.
   * Default: the caller inside a provider's `impersonate`, elsewhere nobody. @see docs/rules.md 6.2
   */
  readonly thread?: (() => Principal | null) | undefined;
  /**
   * Whether the client's process lets a callback in: asked with who calls and at which level, before any stub is. The
   * service steps down from level to level until one is let in. Default: every one.
   * @see docs/rules.md 3.2
   */
  readonly acceptsCallback?: ((caller: Principal) => boolean) | undefined;
  /**
   * What the client's machine says about callbacks, when it is another one than the service's. Default: for a remote
   * client what Windows does with nothing set, otherwise the service's own.
   */
  readonly callbackSettings?: (() => CallbackSettings) | undefined;
}

/** Opens connections to an embedded service, and has an apartment for stubs. */
export interface ServiceTransport extends Transport {
  unsecuredApartment(): Promise<EmbeddedApartment>;
}

export interface RaiseOptions {
  /**
   * Who raises it: a principal, or the name of one that the service was given. Permanent subscriptions may take
   * events from some only, `__EventFilter.EventAccess`. Default: the owner.
   * @see docs/rules.md 5.1
   */
  readonly as?: Principal | string | undefined;
  /** Default `root\cimv2`. */
  readonly namespace?: string | undefined;
  /**
   * That of the sink through which a provider raises it, `IWbemEventSink::SetSinkSecurity`: whoever lacks
   * `WBEM_RIGHT_SUBSCRIBE` there gets none of its events. It must not change afterwards. Default: everyone.
   * @see docs/rules.md 5.4
   */
  readonly sinkSecurity?: SecurityDescriptor | null | undefined;
}

export interface RegisterOptions {
  /** As whom its process runs: a principal, or the name of one that the service was given. Default: the owner. */
  readonly as?: Principal | string | undefined;
}

/** A WMI service inside the process. */
export interface EmbeddedService extends AsyncDisposable {
  /** The administrator that the creating process is. */
  readonly owner: Principal;
  /** Who can log on, beside the owner and the principals that it was given. */
  readonly accounts: Accounts;
  /**
   * Opens connections as one principal. There is no guest: whoever is not the owner has to be named.
   * @throws WmisecError `UNKNOWN_PRINCIPAL` for a name that the service was not given.
   */
  transport(options?: TransportOptions): ServiceTransport;
  /**
   * Raises an extrinsic event, as a provider does: to the subscribers of its class and of those above it, whom the
   * sink's descriptor and its `SECURITY_DESCRIPTOR` grant `WBEM_RIGHT_SUBSCRIBE`; null is for everyone. Does not wait
   * for them.
   *
   *     service.raise('Acme_Alarm', { Door: 1 });
   *
   * @throws WbemError `WBEM_E_INVALID_CLASS`, `WBEM_E_NOT_EVENT_CLASS`, `WBEM_E_INVALID_OPERATION` for a class that
   *   is no extrinsic event of one's own, `WBEM_E_INVALID_PARAMETER` for a descriptor that is none,
   *   `WBEM_E_INVALID_NAMESPACE`, `WBEM_E_SHUTTING_DOWN`, and those of values that do not fit.
   * @see docs/rules.md 5.1
   */
  raise(className: string, properties?: PropertyBag, options?: RaiseOptions): void;
  /**
   * Registers a decoupled provider while the service runs: its `__Win32Provider` is in the namespace, and its
   * `SecurityDescriptor` lets the one who registers.
   *
   *     using registered = await service.register(doors, { as: operator });
   *
   * @throws WbemError `WBEM_E_INVALID_NAMESPACE`, `WBEM_E_PROVIDER_NOT_FOUND` without a `__Win32Provider` of its name,
   *   `WBEM_E_INVALID_PROVIDER_REGISTRATION` for one that is not decoupled, `WBEM_E_ACCESS_DENIED`,
   *   `WBEM_E_PROVIDER_ALREADY_REGISTERED`, `WBEM_E_ALREADY_EXISTS` and `WBEM_E_INVALID_SUPERCLASS` for its classes.
   * @see docs/rules.md 9.14
   */
  register(provider: Provider | ProviderRegistration, options?: RegisterOptions): Promise<RegisteredProvider>;
  /** How many events wait now, and how many were lost. */
  eventCounts(): EventCounts;
  /** How many permanent subscriptions are active, and how their events fare. */
  subscriptionCounts(): PermanentCounts;
}

/**
 * Starts a WMI service in this process. Whoever creates it is its administrator.
 *
 *     await using service = await createService();
 *     await using connection = await connect('root\\cimv2', { transport: service.transport() });
 *
 * @throws WbemError `WBEM_E_ALREADY_EXISTS`, `WBEM_E_INVALID_SUPERCLASS` for classes of providers that do not
 *   go together.
 * @throws WmisecError `INVALID_ARGUMENT` for a level that no host takes calls at, and for consumers that cannot be.
 */
export async function createService(options: ServiceOptions = {}): Promise<EmbeddedService> {
  const { repository = memoryRepository(), principals = [], clock = systemClock, timers } = options;
  const providers = options.providers ?? machineProviders({ clock });
  const host = serverHost(options.host);
  const audit = new Audit(options.audit, clock);
  const log = new EventLog(repository, clock);
  const subscriptions = {
    ...{ log, registry: createRegistry(options.consumers, log) },
    directory: new PrincipalDirectory(repository, [OWNER, ...principals]),
  };
  const server = new Server(repository, withEventLog(providers.map(registrationOf), log), {
    guard: { host, audit },
    timing: { clock, timers },
    callbacks: new ServiceCallbacks(options.callbackSettings),
    openBack: openAsProvider,
    subscriptions,
  });
  await addDefaultNamespaces(repository);
  await server.checkProviders();
  server.start();
  const registrar = new Registrar(server);
  const accounts = openAccounts(repository, { ...options.accounts, clock });
  return {
    owner: OWNER,
    accounts,
    transport: ({
      remote = false,
      as = remote ? REMOTE_CLIENT : OWNER,
      thread = () => server.impersonation.current,
      ...callbackOptions
    } = {}) => {
      const principal = principalOf(as, principals);
      const sinks = server.callbacks.clientSinks({ remote: principal.remote, ...callbackOptions });
      return new EmbeddedTransport(server, accounts, { principal, thread, sinks });
    },
    raise: (
      className,
      properties = {},
      { as = OWNER, namespace = DEFAULT_NAMESPACE, sinkSecurity = null } = {},
    ) =>
      server.events.raise(server.namespace(namespace), {
        ...{ className, properties, sinkSecurity },
        raiser: principalOf(as, principals),
      }),
    register: async (provider, { as = OWNER } = {}) => {
      const { namespace = DEFAULT_NAMESPACE, ...given } = registrationOf(provider);
      return registrar.register(given.provider, namespace, principalOf(as, principals));
    },
    eventCounts: () => server.events.counts,
    subscriptionCounts: () => server.subscriptions.counts,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await repository[Symbol.asyncDispose]();
    },
  };
}

function registrationOf(provider: Provider | ProviderRegistration): ProviderRegistration {
  return 'provider' in provider ? provider : { provider };
}

/** The log of the service is a class, unless a provider brings another one. */
function withEventLog(providers: readonly ProviderRegistration[], log: EventLog): ProviderRegistration[] {
  const own = ntLogEventProvider(log);
  const name = own.classes[0]!.className;
  const isTaken = providers.some(
    ({ provider, namespace = DEFAULT_NAMESPACE }) =>
      foldName(namespace) === foldName(DEFAULT_NAMESPACE) &&
      provider.classes.some(({ className }) => foldName(className) === foldName(name)),
  );
  return isTaken ? [...providers] : [...providers, { provider: own }];
}

function principalOf(as: Principal | string, principals: readonly Principal[]): Principal {
  if (typeof as !== 'string') return as;
  const principal = [OWNER, ...principals].find(({ name }) => foldName(name) === foldName(as));
  if (principal !== undefined) return principal;
  throw new WmisecError(
    'UNKNOWN_PRINCIPAL',
    `transport: expected the name of a principal that the service was given, got ${JSON.stringify(as)}`,
  );
}
