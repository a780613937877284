import type { ConnectArguments, Principal } from '@wmisec/access';
import {
  type AuthIdentity,
  AuthnLevel,
  type BlanketRequest,
  ComStatus,
  ImpLevel,
  type OpenRequest,
  type Transport,
  WbemError,
  type WbemServices,
} from '@wmisec/wbem';
import type { Accounts } from '../accounts/accounts.ts';
import { logonIdentity } from '../accounts/logon-identity.ts';
import { negotiatingAuthnLevel } from '../gates/server-host.ts';
import { withCall } from '../proxies/call-scope.ts';
import type { ClientProcess } from '../proxies/client-process.ts';
import { ProxyBlanket } from '../proxies/proxy-blanket.ts';
import { ServicesProxy } from '../proxies/services-proxy.ts';
import { raceAbort } from '../server/race-abort.ts';
import type { Server } from '../server/server.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { ClientSinks } from '../sinks/client-sinks.ts';
import type { EmbeddedApartment } from '../sinks/embedded-apartment.ts';

/** The process that a transport's connections come from. */
export interface EmbeddedClient {
  readonly principal: Principal;
  /** Whom its calling thread impersonates now. */
  readonly thread: () => Principal | null;
  readonly sinks: ClientSinks;
}

/** Opens connections to a service in this process, as one principal or as whoever logs on. */
export class EmbeddedTransport implements Transport {
  readonly name = 'embedded';
  readonly defaultBlanket: BlanketRequest = {
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
  readonly #server: Server;
  readonly #accounts: Accounts;
  readonly #principal: Principal;
  readonly #client: EmbeddedClient;

  constructor(server: Server, accounts: Accounts, client: EmbeddedClient) {
    this.#server = server;
    this.#accounts = accounts;
    this.#principal = client.principal;
    this.#client = client;
  }

  open(request: OpenRequest): Promise<WbemServices> {
    const { signal } = this.#server;
    return withCall('open', this.#principal, [signal], withMaxWait(request), (call) =>
      raceAbort(call.signal, () => this.#connect(call, request)),
    );
  }

  async unsecuredApartment(): Promise<EmbeddedApartment> {
    return this.#client.sinks.apartment();
  }

  async #connect(call: ServerCall, request: OpenRequest): Promise<ServicesProxy> {
    this.#requireReachable(request);
    const given = argumentsOf(request);
    const client = await this.#clientOf(call, request, given);
    const arriving = { ...call, principal: new ProxyBlanket(client).caller() };
    const namespace = this.#server.connect(arriving, request.namespace, given);
    return new ServicesProxy(namespace, client, this.#server.signal);
  }

  async #clientOf(call: ServerCall, request: OpenRequest, given: ConnectArguments): Promise<ClientProcess> {
    const principal = await this.#authenticate(call, request, given);
    const hostLevel = negotiatingAuthnLevel(this.#server.guard.host, principal.remote);
    const { thread, sinks } = this.#client;
    return { principal, identity: request.identity, thread, hostLevel, sinks };
  }

  /** The arguments are looked at first: a client that names its domain twice does not get to log on. */
  async #authenticate(
    call: ServerCall,
    { identity, authority, namespace }: OpenRequest,
    given: ConnectArguments,
  ): Promise<Principal> {
    if (identity === null || !this.#principal.remote) return this.#principal;
    const { guard } = this.#server;
    guard.takeArguments(call, namespace, given);
    try {
      return await logonIdentity(this.#accounts, this.#principal, identity, authority);
    } catch (error) {
      guard.hearLogon(call, namespace, error);
      throw error;
    }
  }

  /** From this machine there is one server; from afar, whichever name led here. */
  #requireReachable({ server }: OpenRequest): void {
    if (this.#principal.remote || server === null || LOCAL_NAMES.has(server.toLowerCase())) return;
    throw new WbemError(
      ComStatus.RPC_S_SERVER_UNAVAILABLE,
      `open: the service in this process reaches no other machine: expected no server or ".", got ${JSON.stringify(server.slice(0, 80))}`,
    );
  }
}

const LOCAL_NAMES: ReadonlySet<string> = new Set(['.', 'localhost', '127.0.0.1', '::1']);
const CONNECT_USE_MAX_WAIT = 0x80;

/** Milliseconds: what `WBEM_FLAG_CONNECT_USE_MAX_WAIT` stands for. @see docs/rules.md 2.2 */
const MAX_WAIT = 120_000;

function withMaxWait(request: OpenRequest): OpenRequest {
  if (!request.useMaxWait) return request;
  return { ...request, timeoutMs: Math.min(request.timeoutMs ?? MAX_WAIT, MAX_WAIT) };
}

function argumentsOf({ identity, authority, locale, useMaxWait }: OpenRequest): ConnectArguments {
  return {
    user: identity === null ? null : userOf(identity),
    hasPassword: identity !== null,
    authority,
    locale,
    flags: useMaxWait ? CONNECT_USE_MAX_WAIT : 0,
  };
}

function userOf({ user, domain }: AuthIdentity): string {
  return domain === null ? user : `${domain}\\${user}`;
}
