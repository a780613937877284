import type { AuthIdentity, BlanketRequest, CallOptions, Transport } from '@wmisec/wbem';
import { type AllowedService, soleService } from '../blanket/allowed-services.ts';
import { checkRequest } from '../blanket/secure-proxy.ts';
import { Connection } from './connection.ts';
import { defaultTransport } from './default-transport.ts';
import { openArguments } from './open-arguments.ts';
import { ProxyLedger } from './proxy-ledger.ts';
import { SecuredServices } from './secured-services.ts';

export interface ConnectOptions extends CallOptions {
  /** Default: native COM on Windows; elsewhere one has to be named. */
  readonly transport?: Transport | undefined;
  /** Laid over the transport's own default, member by member. */
  readonly blanket?: BlanketRequest | undefined;
  /** Borrowed until the connection is disposed. Default: the current security context. */
  readonly identity?: AuthIdentity | undefined;
  /** `Kerberos:principal` or `NTLMDOMAIN:domain`. Default: negotiate. */
  readonly authority?: string | undefined;
  /**
   * The authentication services that may be in force on any proxy, as far as its blanket tells. A single one is
   * also asked for, and a server is then logged in to with Kerberos only. Default: any.
   */
  readonly allow?: readonly AllowedService[] | undefined;
  /** `MS_409`. Default: the current one. */
  readonly locale?: string | undefined;
  /** Gives up within two minutes when the server does not answer. Default true. */
  readonly useMaxWait?: boolean | undefined;
  /** Goes on when a blanket cannot be read back, so that nothing proves it. Default false. */
  readonly dangerouslyAllowUnproven?: boolean | undefined;
}

/**
 * Connects to a WMI namespace, `root\cimv2` or `\\host\root\cimv2`, and proves the blanket of the proxy. `signal` and
 * `timeoutMs` end the attempt, not the connection.
 * @throws ParseError `WBEM_E_INVALID_PARAMETER` for a target of another form.
 * @throws WbemError `WBEM_E_INVALID_NAMESPACE`, `WBEM_E_ACCESS_DENIED`, `E_ACCESSDENIED`, `WBEM_E_LOCAL_CREDENTIALS`,
 * `WBEM_E_INVALID_PARAMETER` for arguments that break docs/rules.md 2.2, `E_INVALIDARG` for a blanket that breaks 6.1,
 * `WBEM_E_TIMED_OUT`, `WBEM_E_CALL_CANCELLED`.
 * @throws WmisecError `BLANKET_TOO_WEAK`, `BLANKET_UNPROVEN`, `AUTHN_SERVICE_NOT_ALLOWED`, `TRANSPORT_REQUIRED`.
 */
export async function connect(target: string, options: ConnectOptions = {}): Promise<Connection> {
  const request = openArguments(target, options);
  const transport = options.transport ?? (await defaultTransport());
  const asked = blanketOf(transport, options);
  const policy = {
    remote: request.server !== null,
    authority: request.authority,
    allow: options.allow,
    dangerouslyAllowUnproven: options.dangerouslyAllowUnproven ?? false,
  };
  checkRequest(asked, policy);
  const services = await transport.open(request);
  const ledger = new ProxyLedger(asked, policy);
  const secured = await SecuredServices.over(services, ledger);
  return new Connection(secured, ledger, transport, () => connect(target, options));
}

function blanketOf(transport: Transport, { blanket, identity, allow }: ConnectOptions): BlanketRequest {
  const authnService = soleService(allow);
  return {
    ...transport.defaultBlanket,
    ...(identity !== undefined && { identity }),
    ...(authnService !== undefined && { authnService }),
    ...blanket,
  };
}
