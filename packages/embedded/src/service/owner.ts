import {
  IntegrityLevel,
  logonToken,
  type Principal,
  type PrivilegeName,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

const ADMINISTRATOR: Sid = 'S-1-5-21-1004336348-1177238915-682003330-500';

/** Held and disabled, as in every process of this machine (docs/rules.md 7.1). */
const HELD: readonly PrivilegeName[] = [
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeDebugPrivilege',
];

/**
 * Who the process that creates a service is to it: its elevated administrator, on this machine. Its calls are
 * encrypted and let the service impersonate, unless a blanket says otherwise.
 */
export const OWNER: Principal = {
  name: 'Administrator',
  token: logonToken(
    {
      user: ADMINISTRATOR,
      groups: [WellKnownSid.Administrators, WellKnownSid.Users],
      privileges: [
        ...HELD.map((name) => ({ name, enabled: false })),
        'SeImpersonatePrivilege',
        'SeChangeNotifyPrivilege',
      ],
      integrity: IntegrityLevel.High,
    },
    { remote: false },
  ),
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
};
