import { type ConnectArguments, connectArguments, type Principal, requirePassed } from '@wmisec/access';
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
import { withCall } from '../proxies/call-scope.ts';
import { ServicesProxy } from '../proxies/services-proxy.ts';
import type { Server } from '../server/server.ts';

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

  constructor(server: Server, accounts: Accounts, principal: Principal) {
    this.#server = server;
    this.#accounts = accounts;
    this.#principal = principal;
  }

  open(request: OpenRequest): Promise<WbemServices> {
    const { signal } = this.#server;
    return withCall('open', this.#principal, [signal], request, async (call) => {
      this.#requireReachable(request);
      const given = argumentsOf(request);
      const principal = await this.#authenticate(request, given);
      const namespace = this.#server.connect({ ...call, principal }, request.namespace, given);
      return new ServicesProxy(namespace, principal, signal);
    });
  }

  /** The arguments are looked at first: a client that names its domain twice does not get to log on. */
  async #authenticate({ identity, authority }: OpenRequest, given: ConnectArguments): Promise<Principal> {
    if (identity === null || !this.#principal.remote) return this.#principal;
    requirePassed(connectArguments(this.#principal, given), 'open');
    return logonIdentity(this.#accounts, this.#principal, identity, authority);
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
