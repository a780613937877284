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
import { withCall } from '../proxies/call-scope.ts';
import { ServicesProxy } from '../proxies/services-proxy.ts';
import type { Server } from '../server/server.ts';

/** Opens connections to a service in this process, as one principal. */
export class EmbeddedTransport implements Transport {
  readonly name = 'embedded';
  readonly defaultBlanket: BlanketRequest = {
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
  readonly #server: Server;
  readonly #principal: Principal;

  constructor(server: Server, principal: Principal) {
    this.#server = server;
    this.#principal = principal;
  }

  async open(request: OpenRequest): Promise<WbemServices> {
    const { signal } = this.#server;
    const namespace = await withCall('open', this.#principal, [signal], request, (call) => {
      this.#requireReachable(request);
      const server = this.#server.connect(call, request.namespace, argumentsOf(request));
      requireNoIdentity(request);
      return server;
    });
    return new ServicesProxy(namespace, this.#principal, signal);
  }

  /** From this machine there is one server; from afar, whichever name led here. */
  #requireReachable({ server }: OpenRequest): void {
    if (this.#principal.remote || server === null || LOCAL_NAMES.has(server.toLowerCase())) return;
    throw new WbemError(
      ComStatus.RPC_S_SERVER_UNAVAILABLE,
      `open: expected no server or ".", got ${JSON.stringify(server.slice(0, 80))}`,
    );
  }
}

const LOCAL_NAMES: ReadonlySet<string> = new Set(['.', 'localhost', '127.0.0.1', '::1']);
const CONNECT_USE_MAX_WAIT = 0x80;

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

function requireNoIdentity({ identity }: OpenRequest): void {
  if (identity === null) return;
  throw new WbemError(
    ComStatus.E_ACCESSDENIED,
    'open: this service keeps no accounts, so it cannot verify credentials',
  );
}
