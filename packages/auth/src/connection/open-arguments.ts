import { connectArguments, requirePassed } from '@wmisec/access';
import type { AuthIdentity, OpenRequest } from '@wmisec/wbem';
import { allowedAuthority } from '../blanket/allowed-services.ts';
import { clientPrincipal } from '../gates/client-principal.ts';
import { parseTarget } from '../target/parse-target.ts';
import type { ConnectOptions } from './connect.ts';

const CONNECT_USE_MAX_WAIT = 0x80;

/**
 * What a transport is asked to open. The rules of `ConnectServer` hold here, once for every transport.
 * @throws ParseError `WBEM_E_INVALID_PARAMETER` for a target that is none.
 * @throws WbemError `WBEM_E_LOCAL_CREDENTIALS`, `WBEM_E_INVALID_PARAMETER`, with the refusal.
 * @throws WmisecError `AUTHN_SERVICE_NOT_ALLOWED`.
 * @see docs/rules.md 2.2, 8.4
 */
export function openArguments(target: string, options: ConnectOptions): OpenRequest {
  const { server, namespace } = parseTarget(target);
  const { identity = null, locale = null, useMaxWait = true, signal, timeoutMs } = options;
  const given = {
    user: identity === null ? null : userOf(identity),
    hasPassword: identity !== null,
    authority: options.authority ?? null,
    locale,
    flags: useMaxWait ? CONNECT_USE_MAX_WAIT : 0,
  };
  requirePassed(connectArguments(clientPrincipal(server !== null), given), 'connect');
  const authority = allowedAuthority(given.authority, server, options.allow);
  return { server, namespace, identity, authority, locale, useMaxWait, signal, timeoutMs };
}

function userOf({ user, domain }: AuthIdentity): string {
  return domain === null ? user : `${domain}\\${user}`;
}
