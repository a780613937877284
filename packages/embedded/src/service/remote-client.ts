import { logonToken, type Principal, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** A client on another machine before it has shown who it is: nobody. */
export const REMOTE_CLIENT: Principal = {
  name: 'ANONYMOUS LOGON',
  token: logonToken({ user: WellKnownSid.Anonymous }, { remote: true }),
  remote: true,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
};
