import { type PrivilegeName, type Sid, WellKnownSid } from '@wmisec/access';

export interface BuiltInGroup {
  readonly name: string;
  readonly sid: Sid;
  /** What its members hold, by the default policy of Windows. */
  readonly privileges: readonly PrivilegeName[];
}

const OF_USERS: readonly PrivilegeName[] = [
  'SeChangeNotifyPrivilege',
  'SeShutdownPrivilege',
  'SeUndockPrivilege',
  'SeIncreaseWorkingSetPrivilege',
  'SeTimeZonePrivilege',
];

const OF_BACKUP_OPERATORS: readonly PrivilegeName[] = [
  'SeChangeNotifyPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeShutdownPrivilege',
];

const OF_ADMINISTRATORS: readonly PrivilegeName[] = [
  ...OF_USERS,
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeDebugPrivilege',
  'SeImpersonatePrivilege',
  'SeCreateGlobalPrivilege',
  'SeLoadDriverPrivilege',
  'SeSystemProfilePrivilege',
  'SeSystemtimePrivilege',
  'SeProfileSingleProcessPrivilege',
  'SeIncreaseBasePriorityPrivilege',
  'SeIncreaseQuotaPrivilege',
  'SeCreatePagefilePrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeRemoteShutdownPrivilege',
  'SeManageVolumePrivilege',
  'SeCreateSymbolicLinkPrivilege',
  'SeDelegateSessionUserImpersonatePrivilege',
];

/** The groups that every machine has. @see docs/rules.md 12.2 */
export const BUILT_IN_GROUPS: readonly BuiltInGroup[] = [
  group('Administrators', WellKnownSid.Administrators, OF_ADMINISTRATORS),
  group('Users', WellKnownSid.Users, OF_USERS),
  group('Guests', WellKnownSid.Guests),
  group('Power Users', WellKnownSid.PowerUsers),
  group('Account Operators', WellKnownSid.AccountOperators),
  group('Server Operators', WellKnownSid.SystemOperators),
  group('Print Operators', WellKnownSid.PrintOperators),
  group('Backup Operators', WellKnownSid.BackupOperators, OF_BACKUP_OPERATORS),
  group('Replicator', WellKnownSid.Replicator),
  group('Remote Desktop Users', WellKnownSid.RemoteDesktopUsers),
  group('Network Configuration Operators', WellKnownSid.NetworkConfigurationOperators),
  group('Performance Monitor Users', WellKnownSid.PerfMonitoringUsers),
  group('Performance Log Users', WellKnownSid.PerfLoggingUsers),
  group('Distributed COM Users', WellKnownSid.DcomUsers),
  group('IIS_IUSRS', WellKnownSid.IisUsers),
  group('Cryptographic Operators', WellKnownSid.CryptoOperators),
  group('Event Log Readers', WellKnownSid.EventLogReaders),
  group('Certificate Service DCOM Access', WellKnownSid.CertSvcDcomAccess),
  group('Remote Management Users', WellKnownSid.RemoteManagementUsers),
];

function group(name: string, sid: Sid, privileges: readonly PrivilegeName[] = []): BuiltInGroup {
  return { name, sid, privileges };
}
