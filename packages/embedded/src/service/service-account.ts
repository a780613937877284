import { hostname } from 'node:os';
import { logonToken, type Principal, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** Who the service is when it calls back: its machine. Clients learn who calls, and get no right to act as it. */
export function serviceAccount(): Principal {
  return {
    name: `${hostname().split('.')[0]!.toUpperCase()}$`,
    token: logonToken({ user: WellKnownSid.LocalSystem }, { remote: false }),
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Identify,
  };
}
