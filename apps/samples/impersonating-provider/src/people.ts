import { logonToken, type Principal, type Sid, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** Who ask for a report. */
export const PEOPLE = {
  accountant: person('accountant', 1001, WellKnownSid.Administrators),
  clerk: person('clerk', 1002, WellKnownSid.Users),
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
