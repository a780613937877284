/**
 * Privileges by their SDK names.
 * @see docs/rules.md 7.4
 */
export const PRIVILEGE_NAMES = [
  'SeCreateTokenPrivilege',
  'SeAssignPrimaryTokenPrivilege',
  'SeLockMemoryPrivilege',
  'SeIncreaseQuotaPrivilege',
  'SeMachineAccountPrivilege',
  'SeTcbPrivilege',
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeLoadDriverPrivilege',
  'SeSystemProfilePrivilege',
  'SeSystemtimePrivilege',
  'SeProfileSingleProcessPrivilege',
  'SeIncreaseBasePriorityPrivilege',
  'SeCreatePagefilePrivilege',
  'SeCreatePermanentPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeShutdownPrivilege',
  'SeDebugPrivilege',
  'SeAuditPrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeChangeNotifyPrivilege',
  'SeRemoteShutdownPrivilege',
  'SeUndockPrivilege',
  'SeSyncAgentPrivilege',
  'SeEnableDelegationPrivilege',
  'SeManageVolumePrivilege',
  'SeImpersonatePrivilege',
  'SeCreateGlobalPrivilege',
  'SeTrustedCredManAccessPrivilege',
  'SeRelabelPrivilege',
  'SeIncreaseWorkingSetPrivilege',
  'SeTimeZonePrivilege',
  'SeCreateSymbolicLinkPrivilege',
  'SeDelegateSessionUserImpersonatePrivilege',
] as const;

export type PrivilegeName = (typeof PRIVILEGE_NAMES)[number];
