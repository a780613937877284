import { logonToken, type Principal, type PrivilegeName, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** An administrator who holds a privilege, disabled, as every process of this machine begins. */
export function administrator(
  name: string,
  holds: PrivilegeName,
  { remote }: { remote: boolean },
): Principal {
  const account = {
    user: 'S-1-5-21-1-2-3-1001',
    groups: [WellKnownSid.Administrators],
    privileges: [{ name: holds, enabled: false }],
  } as const;
  return {
    name,
    token: logonToken(account, { remote }),
    remote,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
}
