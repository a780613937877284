import { logonToken, type Principal, type Sid, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

const { Administrators, Guests, Users } = WellKnownSid;

/** The three callers of a provider. */
export const PEOPLE = {
  administrator: person('administrator', 1001, [Administrators, Users]),
  reader: person('reader', 1002, [Users]),
  guest: person('guest', 1003, [Guests]),
} as const satisfies Record<string, Principal>;

function person(name: string, rid: number, groups: readonly Sid[]): Principal {
  const privileges = groups.includes(Administrators) ? (['SeSecurityPrivilege'] as const) : [];
  return {
    name,
    token: logonToken({ user: `S-1-5-21-1-2-3-${rid}`, groups, privileges }, { remote: false }),
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
}
