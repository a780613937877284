import { logonToken, type Principal, type Sid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

const MACHINE = 'S-1-5-21-1004336348-1177238915-682003330';

/** An ordinary user: a member of Users, and through the logon of Authenticated Users. */
export const ANN: Principal = person('ann', `${MACHINE}-1001`, ['S-1-5-32-545']);

/** A guest: a member of Guests. */
export const GUEST: Principal = person('guest', `${MACHINE}-501`, ['S-1-5-32-546']);

function person(name: string, user: Sid, groups: readonly Sid[]): Principal {
  return {
    name,
    token: logonToken({ user, groups }, { remote: false }),
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
}
