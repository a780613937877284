import { logonToken, type Principal, type Sid, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** The account of the badge reader's service. */
export const reader = service('reader', 'S-1-5-80-1-2-3-4-5');

/** An administrator, who could raise whatever is let in. */
export const mallory = service('mallory', 'S-1-5-21-1-2-3-1666', WellKnownSid.Administrators);

function service(name: string, user: Sid, ...groups: Sid[]): Principal & { readonly sid: Sid } {
  return {
    name,
    sid: user,
    token: logonToken({ user, groups }, { remote: false }),
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
}
