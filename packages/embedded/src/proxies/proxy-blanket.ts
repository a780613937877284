import type { Principal } from '@wmisec/access';
import { checkBlanket } from '@wmisec/auth';
import {
  AuthnLevel,
  AuthnService,
  AuthzService,
  type Blanket,
  type BlanketRequest,
  Capabilities,
  DEFAULT_AUTHINFO,
  ImpLevel,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';

/** The level that the service's host has of its own: what negotiation climbs to (docs/rules.md 2.4). */
const HOST_LEVEL = { local: AuthnLevel.PktPrivacy, remote: AuthnLevel.Pkt } as const;

/**
 * The blanket of one proxy. A new one has what negotiation gives: the stronger of the client's and the host's
 * level, and the client's impersonation level, however other proxies were set.
 * @see docs/rules.md 1.6, 6.1
 */
export class ProxyBlanket {
  readonly #client: Principal;
  #inForce: Blanket;

  /** @param client its levels are those of the client's process. */
  constructor(client: Principal) {
    this.#client = client;
    this.#inForce = negotiated(client, {}, null);
  }

  /** @throws WbemError `E_INVALIDARG` for values that do not go together; the blanket stays as it was. */
  set(request: BlanketRequest): void {
    const { remote } = this.#client;
    checkBlanket(request, { remote, principal: this.#inForce.principal });
    requireOwnIdentity(request);
    this.#inForce = negotiated(this.#client, request, this.#inForce.principal);
  }

  query(): Blanket {
    return this.#inForce;
  }

  /** The client as its calls through this proxy arrive. */
  caller(): Principal {
    const { authnService, authnLevel, impLevel } = this.#inForce;
    return { ...this.#client, authnService, authnLevel, impLevel } as Principal;
  }
}

function negotiated(client: Principal, request: BlanketRequest, principal: string | null): Blanket {
  const authnService = given(request.authnService, AuthnService.Default, client.authnService);
  return {
    authnService,
    authzService: given(request.authzService, AuthzService.Default, AuthzService.None),
    principal: typeof request.principal === 'string' ? request.principal : principal,
    authnLevel: given(request.authnLevel, AuthnLevel.Default, negotiatedLevel(client, authnService)),
    impLevel: given(request.impLevel, ImpLevel.Default, client.impLevel),
    capabilities: given(request.capabilities, Capabilities.Default, Capabilities.None),
  };
}

function negotiatedLevel({ authnLevel, remote }: Principal, service: number): number {
  if (service === AuthnService.None) return AuthnLevel.None;
  return Math.max(authnLevel, remote ? HOST_LEVEL.remote : HOST_LEVEL.local);
}

function given(value: number | undefined, sentinel: number, otherwise: number): number {
  return value === undefined || value === sentinel ? otherwise : value;
}

function requireOwnIdentity({ identity }: BlanketRequest): void {
  if (identity === undefined || identity === null || identity === DEFAULT_AUTHINFO) return;
  throw new WbemError(
    WbemStatus.WBEM_E_NOT_SUPPORTED,
    'this service keeps no accounts, so a blanket cannot bring another identity',
  );
}
