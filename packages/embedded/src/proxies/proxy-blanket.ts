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
import type { ClientProcess } from './client-process.ts';

/**
 * The blanket of one proxy. A new one has what negotiation gives: the stronger of the client's and the host's
 * level, and the client's impersonation level, however other proxies were set.
 * @see docs/rules.md 1.6, 6.1
 */
export class ProxyBlanket {
  readonly #client: ClientProcess;
  #inForce: Blanket;
  /** Whom static cloaking has fixed; null without it. */
  #fixed: Principal | null = null;

  constructor(client: ClientProcess) {
    this.#client = client;
    this.#inForce = negotiated(client, {}, null);
  }

  /** @throws WbemError `E_INVALIDARG` for values that do not go together; the blanket stays as it was. */
  set(request: BlanketRequest): void {
    const { remote } = this.#client.principal;
    checkBlanket(request, { remote, principal: this.#inForce.principal });
    this.#requireOwnIdentity(request);
    this.#inForce = negotiated(this.#client, request, this.#inForce.principal);
    this.#fixed = this.#cloaks(Capabilities.StaticCloaking) ? this.#threadOrProcess() : null;
  }

  query(): Blanket {
    return this.#inForce;
  }

  /** Another proxy's blanket, the same now and its own from here on. */
  copy(): ProxyBlanket {
    const copy = new ProxyBlanket(this.#client);
    copy.#inForce = this.#inForce;
    copy.#fixed = this.#fixed;
    return copy;
  }

  /**
   * The client as its calls through this proxy arrive; where from, no thread changes. A token that was lent at a lower
   * level than the proxy's goes no further than it was lent.
   */
  caller(): Principal {
    const { authnService, authnLevel } = this.#inForce;
    const identity = this.#identity();
    const { name, token } = identity;
    const lent = identity === this.#client.principal ? ImpLevel.Delegate : identity.impLevel;
    const impLevel = Math.min(this.#inForce.impLevel, lent);
    const { remote } = this.#client.principal;
    return { name, token, remote, authnService, authnLevel, impLevel } as Principal;
  }

  /** Without cloaking a call made while impersonating still shows the process. @see docs/rules.md 6.2 */
  #identity(): Principal {
    if (this.#fixed !== null) return this.#fixed;
    return this.#cloaks(Capabilities.DynamicCloaking) ? this.#threadOrProcess() : this.#client.principal;
  }

  #threadOrProcess(): Principal {
    return this.#client.thread() ?? this.#client.principal;
  }

  #cloaks(capability: number): boolean {
    return (this.#inForce.capabilities & capability) !== 0;
  }

  /** Verifying a password takes time that setting a blanket has not got: another identity connects anew. */
  #requireOwnIdentity({ identity }: BlanketRequest): void {
    if (identity === undefined || identity === null || identity === DEFAULT_AUTHINFO) return;
    if (identity === this.#client.identity) return;
    throw new WbemError(
      WbemStatus.WBEM_E_NOT_SUPPORTED,
      'setBlanket: expected no identity or the one that the connection was opened with, got another; connect as that user',
      { operation: 'setBlanket' },
    );
  }
}

function negotiated(client: ClientProcess, request: BlanketRequest, principal: string | null): Blanket {
  const process = client.principal;
  const authnService = given(request.authnService, AuthnService.Default, process.authnService);
  return {
    authnService,
    authzService: given(request.authzService, AuthzService.Default, AuthzService.None),
    principal: typeof request.principal === 'string' ? request.principal : principal,
    authnLevel: given(request.authnLevel, AuthnLevel.Default, negotiatedLevel(client, authnService)),
    impLevel: given(request.impLevel, ImpLevel.Default, process.impLevel),
    capabilities: given(request.capabilities, Capabilities.Default, client.capabilities ?? Capabilities.None),
  };
}

function negotiatedLevel({ principal, hostLevel }: ClientProcess, service: number): number {
  return service === AuthnService.None ? AuthnLevel.None : Math.max(principal.authnLevel, hostLevel);
}

function given(value: number | undefined, sentinel: number, otherwise: number): number {
  return value === undefined || value === sentinel ? otherwise : value;
}
