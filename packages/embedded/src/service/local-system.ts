import { IntegrityLevel, type Principal, WellKnownSid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** Who the service itself is: it raises the events of changes, and permanent subscriptions run under it (5.7). */
export const LOCAL_SYSTEM: Principal = {
  name: 'SYSTEM',
  token: {
    user: WellKnownSid.LocalSystem,
    groups: [WellKnownSid.Administrators, WellKnownSid.World, WellKnownSid.AuthenticatedUser],
    integrity: IntegrityLevel.System,
  },
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
};
