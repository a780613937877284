import { logonToken, type Principal, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** Whom a provider runs as: `NetworkServiceHost`, what no hosting model means. @see docs/rules.md 9.11 */
export const NETWORK_SERVICE: Principal = {
  name: 'NETWORK SERVICE',
  token: logonToken({ user: WellKnownSid.NetworkService }, { remote: false }),
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
};
