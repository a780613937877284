import { ComStatus, type OpenRequest, WbemError, WbemStatus } from '@wmisec/wbem';

const LOCAL_NAMES: ReadonlySet<string> = new Set(['.', 'localhost', '127.0.0.1', '::1']);
const AUTHORITY = /^(kerberos|ntlmdomain):(.+)$/i;
const LOCALE = /^MS_[0-9a-f]{1,8}$/i;

/**
 * The rules for the arguments of a connection.
 * @param remote whether the client is on another machine.
 * @throws WbemError
 *   `RPC_S_SERVER_UNAVAILABLE` for another server than the one asked of a local client,
 *   `WBEM_E_LOCAL_CREDENTIALS` for credentials or an authority from this machine,
 *   `WBEM_E_INVALID_PARAMETER` for a domain given twice, an unknown kind of authority, or no locale.
 * @see docs/rules.md 2.2, 8.4
 */
export function checkOpenArguments(request: OpenRequest, remote: boolean): void {
  const { server, identity, authority, locale } = request;
  if (!remote && server !== null && !LOCAL_NAMES.has(server.toLowerCase()))
    throw refused(ComStatus.RPC_S_SERVER_UNAVAILABLE, `expected no server or ".", got ${shown(server)}`);
  if (!remote && (identity !== null || authority !== null))
    throw refused(
      WbemStatus.WBEM_E_LOCAL_CREDENTIALS,
      'a connection on this machine takes no credentials and no authority',
    );
  if (authority !== null && authority !== '') checkAuthority(authority, identity?.domain ?? null);
  if (locale !== null && !LOCALE.test(locale))
    throw invalid(`expected a locale such as MS_409, got ${shown(locale)}`);
}

function checkAuthority(authority: string, domain: string | null): void {
  const kind = AUTHORITY.exec(authority)?.[1]?.toLowerCase();
  if (kind === undefined)
    throw invalid(`expected Kerberos:principal or NTLMDOMAIN:domain, got ${shown(authority)}`);
  if (kind === 'ntlmdomain' && domain !== null)
    throw invalid('the domain is given with the user and again as the authority');
}

function invalid(message: string): WbemError {
  return refused(WbemStatus.WBEM_E_INVALID_PARAMETER, message);
}

function refused(status: number, message: string): WbemError {
  return new WbemError(status, `open: ${message}`, { operation: 'open' });
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
