import { IntegrityLevel, type Principal, type Sid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

const ADMINISTRATOR: Sid = 'S-1-5-21-1004336348-1177238915-682003330-500';

/** Everyone, Local, Interactive, Authenticated Users, Users, Administrators. */
const GROUPS: readonly Sid[] = ['S-1-1-0', 'S-1-2-0', 'S-1-5-4', 'S-1-5-11', 'S-1-5-32-545', 'S-1-5-32-544'];

/**
 * Who the process that creates a service is to it: its elevated administrator, on this machine. Its calls are
 * encrypted and let the service impersonate, unless a blanket says otherwise.
 */
export const OWNER: Principal = {
  name: 'Administrator',
  token: {
    user: ADMINISTRATOR,
    groups: GROUPS,
    privileges: [
      'SeSecurityPrivilege',
      'SeTakeOwnershipPrivilege',
      'SeBackupPrivilege',
      'SeRestorePrivilege',
      'SeDebugPrivilege',
      'SeImpersonatePrivilege',
      'SeChangeNotifyPrivilege',
    ],
    integrity: IntegrityLevel.High,
  },
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
};
