import type { Principal } from '@wmisec/access';
import {
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
import { checkOpenArguments } from './open-arguments.ts';

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
    checkOpenArguments(request, this.#principal.remote);
    requireNoIdentity(request);
    const { signal } = this.#server;
    const namespace = await withCall('open', this.#principal, [signal], request, (call) =>
      this.#server.login(call, request.namespace),
    );
    return new ServicesProxy(namespace, this.#principal, signal);
  }
}

function requireNoIdentity({ identity }: OpenRequest): void {
  if (identity === null) return;
  throw new WbemError(
    ComStatus.E_ACCESSDENIED,
    'open: this service keeps no accounts, so it cannot verify credentials',
    { operation: 'open' },
  );
}
