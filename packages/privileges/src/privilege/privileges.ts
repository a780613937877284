import type { PrivilegeName } from '@wmisec/access';
import { type Privilege, WbemPrivilege } from './privilege.ts';

const wbemPrivileges: ReadonlySet<number> = new Set(Object.values(WbemPrivilege));

/**
 * Every privilege, in the order of its LUID.
 * @see docs/rules.md 7.4; wdm.h for the LUIDs; "Privilege Constants" of the SDK for the display names
 */
export const PRIVILEGES: readonly Privilege[] = [
  privilege(2, 'SeCreateTokenPrivilege', 'Create a token object'),
  privilege(3, 'SeAssignPrimaryTokenPrivilege', 'Replace a process-level token'),
  privilege(4, 'SeLockMemoryPrivilege', 'Lock pages in memory'),
  privilege(5, 'SeIncreaseQuotaPrivilege', 'Adjust memory quotas for a process'),
  privilege(6, 'SeMachineAccountPrivilege', 'Add workstations to domain'),
  privilege(7, 'SeTcbPrivilege', 'Act as part of the operating system'),
  privilege(8, 'SeSecurityPrivilege', 'Manage auditing and security log'),
  privilege(9, 'SeTakeOwnershipPrivilege', 'Take ownership of files or other objects'),
  privilege(10, 'SeLoadDriverPrivilege', 'Load and unload device drivers'),
  privilege(11, 'SeSystemProfilePrivilege', 'Profile system performance'),
  privilege(12, 'SeSystemtimePrivilege', 'Change the system time'),
  privilege(13, 'SeProfileSingleProcessPrivilege', 'Profile single process'),
  privilege(14, 'SeIncreaseBasePriorityPrivilege', 'Increase scheduling priority'),
  privilege(15, 'SeCreatePagefilePrivilege', 'Create a pagefile'),
  privilege(16, 'SeCreatePermanentPrivilege', 'Create permanent shared objects'),
  privilege(17, 'SeBackupPrivilege', 'Back up files and directories'),
  privilege(18, 'SeRestorePrivilege', 'Restore files and directories'),
  privilege(19, 'SeShutdownPrivilege', 'Shut down the system'),
  privilege(20, 'SeDebugPrivilege', 'Debug programs'),
  privilege(21, 'SeAuditPrivilege', 'Generate security audits'),
  privilege(22, 'SeSystemEnvironmentPrivilege', 'Modify firmware environment values'),
  privilege(23, 'SeChangeNotifyPrivilege', 'Bypass traverse checking'),
  privilege(24, 'SeRemoteShutdownPrivilege', 'Force shutdown from a remote system'),
  privilege(25, 'SeUndockPrivilege', 'Remove computer from docking station'),
  privilege(26, 'SeSyncAgentPrivilege', 'Synchronize directory service data'),
  privilege(
    27,
    'SeEnableDelegationPrivilege',
    'Enable computer and user accounts to be trusted for delegation',
  ),
  privilege(28, 'SeManageVolumePrivilege', 'Perform volume maintenance tasks'),
  privilege(29, 'SeImpersonatePrivilege', 'Impersonate a client after authentication'),
  privilege(30, 'SeCreateGlobalPrivilege', 'Create global objects'),
  privilege(31, 'SeTrustedCredManAccessPrivilege', 'Access Credential Manager as a trusted caller'),
  privilege(32, 'SeRelabelPrivilege', 'Modify an object label'),
  privilege(33, 'SeIncreaseWorkingSetPrivilege', 'Increase a process working set'),
  privilege(34, 'SeTimeZonePrivilege', 'Change the time zone'),
  privilege(35, 'SeCreateSymbolicLinkPrivilege', 'Create symbolic links'),
  privilege(
    36,
    'SeDelegateSessionUserImpersonatePrivilege',
    'Obtain an impersonation token for another user in the same session',
  ),
];

/** WMI's numbers run beside the LUIDs, one less. */
function privilege(luid: number, name: PrivilegeName, displayName: string): Privilege {
  const number = luid - 1;
  return {
    name,
    luid,
    displayName,
    wbemPrivilege: wbemPrivileges.has(number) ? (number as WbemPrivilege) : null,
    shortName: name.replace(/^Se(.*)Privilege$/, '$1'),
  };
}
