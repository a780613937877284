import { AuthnService, authnServiceName, type BlanketRequest, WmisecError } from '@wmisec/wbem';

/**
 * An authentication service that a connection may use. `negotiate` is a blanket that keeps to itself which
 * of NTLM and Kerberos it led to.
 */
export type AllowedService = 'kerberos' | 'ntlm' | 'negotiate';

const SERVICES: Readonly<Record<AllowedService, AuthnService>> = {
  kerberos: AuthnService.GssKerberos,
  ntlm: AuthnService.WinNT,
  negotiate: AuthnService.GssNegotiate,
};

/** The service to ask for when no other is allowed; `undefined` when there is a choice. */
export function soleService(allow: readonly AllowedService[] | undefined): AuthnService | undefined {
  return allow?.length === 1 ? SERVICES[allow[0]!] : undefined;
}

/**
 * The authority to log in with: the one given, or Kerberos with the server itself where nothing else is
 * allowed, since a login without an authority negotiates.
 * @throws WmisecError `AUTHN_SERVICE_NOT_ALLOWED` for an authority of a service that is not allowed.
 * @see docs/rules.md 8.4
 */
export function allowedAuthority(
  authority: string | null,
  server: string | null,
  allow: readonly AllowedService[] | undefined,
): string | null {
  if (allow === undefined) return authority;
  if (authority === null || authority === '')
    return server !== null && soleService(allow) === AuthnService.GssKerberos
      ? `Kerberos:${server}`
      : authority;
  const service = /^ntlmdomain:/i.test(authority) ? AuthnService.WinNT : AuthnService.GssKerberos;
  requireAllowed(service, allow, 'the authority asks for');
  return authority;
}

/** Refuses a request for a service that is not allowed, before anything is sent. */
export function requireAllowedRequest(
  { authnService = AuthnService.Default }: BlanketRequest,
  allow: readonly AllowedService[] | undefined,
): void {
  if (authnService !== AuthnService.Default) requireAllowed(authnService, allow, 'the blanket asks for');
}

/**
 * Refuses an authentication service that a policy does not name.
 * @param where what uses the service, for the message.
 * @throws WmisecError `AUTHN_SERVICE_NOT_ALLOWED`, with the service that was negotiated.
 * @see docs/rules.md 8.3
 */
export function requireAllowed(
  service: number,
  allow: readonly AllowedService[] | undefined,
  where: string,
): void {
  if (allow === undefined || isAllowed(service, allow)) return;
  const silence =
    service === AuthnService.GssNegotiate ? ', which does not tell whether it is NTLM or Kerberos' : '';
  const message = `${where} ${authnServiceName(service)}${silence}; allowed is ${allow.join(', ') || 'nothing'}`;
  throw new WmisecError('AUTHN_SERVICE_NOT_ALLOWED', message);
}

function isAllowed(service: number, allow: readonly AllowedService[]): boolean {
  if (allow.some((word) => SERVICES[word] === service)) return true;
  return service === AuthnService.GssNegotiate && allow.includes('kerberos') && allow.includes('ntlm');
}
