import { logonToken, type Principal, type Sid, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** Who watch the doors. */
export const PEOPLE = {
  chief: person('chief', 1001, WellKnownSid.Administrators),
  porter: person('porter', 1002, WellKnownSid.Users),
  guest: person('guest', 1003, WellKnownSid.Guests),
} as const;

function person(name: string, rid: number, group: Sid): Principal {
  const account = { user: `S-1-5-21-1-2-3-${rid}`, groups: [group] } as const;
  return {
    name,
    token: logonToken(account, { remote: false }),
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
}
