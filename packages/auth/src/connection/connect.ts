import type { AuthIdentity, BlanketRequest, CallOptions, Transport } from '@wmisec/wbem';
import { checkBlanket } from '../blanket/blanket-rules.ts';
import { parseTarget } from '../target/parse-target.ts';
import { Connection } from './connection.ts';
import { defaultTransport } from './default-transport.ts';
import { ProxyLedger } from './proxy-ledger.ts';
import { SecuredServices } from './secured-services.ts';

export interface ConnectOptions extends CallOptions {
  /** Default: native COM on Windows; elsewhere one has to be named. */
  readonly transport?: Transport | undefined;
  /** Laid over the transport's own default, member by member. */
  readonly blanket?: BlanketRequest | undefined;
  /** Default: the current security context. */
  readonly identity?: AuthIdentity | undefined;
  /** `Kerberos:principal` or `NTLMDOMAIN:domain`. Default: negotiate. */
  readonly authority?: string | undefined;
  /** `MS_409`. Default: the current one. */
  readonly locale?: string | undefined;
  /** Gives up within two minutes when the server does not answer. Default true. */
  readonly useMaxWait?: boolean | undefined;
  /** Goes on when a blanket cannot be read back, so that nothing proves it. Default false. */
  readonly dangerouslyAllowUnproven?: boolean | undefined;
}

/**
 * Connects to a WMI namespace, `root\cimv2` or `\\host\root\cimv2`, and proves the blanket of the proxy.
 * @throws ParseError `WBEM_E_INVALID_PARAMETER` for a target of another form.
 * @throws WbemError `WBEM_E_INVALID_NAMESPACE`, `WBEM_E_ACCESS_DENIED`, `E_ACCESSDENIED`, `WBEM_E_LOCAL_CREDENTIALS`,
 * `E_INVALIDARG` for a blanket that breaks docs/rules.md 6.1.
 * @throws WmisecError `BLANKET_TOO_WEAK`, `BLANKET_UNPROVEN`, `TRANSPORT_REQUIRED`.
 */
export async function connect(target: string, options: ConnectOptions = {}): Promise<Connection> {
  const { server, namespace } = parseTarget(target);
  const transport = options.transport ?? (await defaultTransport());
  const asked = blanketOf(transport, options);
  const policy = {
    remote: server !== null,
    dangerouslyAllowUnproven: options.dangerouslyAllowUnproven ?? false,
  };
  checkBlanket(asked, policy);
  const services = await transport.open({
    server,
    namespace,
    identity: options.identity ?? null,
    authority: options.authority ?? null,
    locale: options.locale ?? null,
    useMaxWait: options.useMaxWait ?? true,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  const ledger = new ProxyLedger(asked, policy);
  return new Connection(await SecuredServices.over(services, ledger), ledger);
}

function blanketOf(transport: Transport, { blanket, identity }: ConnectOptions): BlanketRequest {
  return { ...transport.defaultBlanket, ...(identity !== undefined && { identity }), ...blanket };
}
