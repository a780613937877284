import { type Connection, connect, type PasswordIdentity } from '@wmisec/auth';
import { AuthnLevel, AuthnService, ImpLevel, type Transport } from '@wmisec/wbem';

export interface NtlmTarget {
  /** An address will do: Kerberos wants a name that the domain knows, NTLM does not. */
  readonly host: string;
  /** The domain of the user. It is named here, so the user is named without it. */
  readonly domain: string;
  /** Default: native COM, on Windows. */
  readonly transport?: Transport;
}

/**
 * Connects with NTLM and nothing else. The authority makes the login NTLM; the blanket makes the calls NTLM, on the
 * services and on every enumerator; `allow` makes the connection fail when anything else comes out of it.
 */
export function connectWithNtlm(
  { host, domain, transport }: NtlmTarget,
  identity: PasswordIdentity,
): Promise<Connection> {
  return connect(`\\\\${host}\\root\\cimv2`, {
    transport,
    identity,
    authority: `NTLMDOMAIN:${domain}`,
    allow: ['ntlm'],
    blanket: {
      authnService: AuthnService.WinNT,
      authnLevel: AuthnLevel.PktPrivacy,
      impLevel: ImpLevel.Impersonate,
    },
  });
}
