import type { PrivilegeName } from '@wmisec/access';

/** `WbemPrivilegeEnum` of wbemdisp.h, without the prefix `wbemPrivilege`. @see docs/rules.md 7.4 */
export const WbemPrivilege = {
  CreateToken: 1,
  PrimaryToken: 2,
  LockMemory: 3,
  IncreaseQuota: 4,
  MachineAccount: 5,
  Tcb: 6,
  Security: 7,
  TakeOwnership: 8,
  LoadDriver: 9,
  SystemProfile: 10,
  Systemtime: 11,
  ProfileSingleProcess: 12,
  IncreaseBasePriority: 13,
  CreatePagefile: 14,
  CreatePermanent: 15,
  Backup: 16,
  Restore: 17,
  Shutdown: 18,
  Debug: 19,
  Audit: 20,
  SystemEnvironment: 21,
  ChangeNotify: 22,
  RemoteShutdown: 23,
  Undock: 24,
  SyncAgent: 25,
  EnableDelegation: 26,
  ManageVolume: 27,
} as const;

export type WbemPrivilege = (typeof WbemPrivilege)[keyof typeof WbemPrivilege];

/** What is known of a privilege on every Windows system. */
export interface Privilege {
  /** `SeSecurityPrivilege` */
  readonly name: PrivilegeName;
  /** The low part of the LUID; the high part is 0. */
  readonly luid: number;
  /** What the English Windows calls it. */
  readonly displayName: string;
  /** null for the privileges that are younger than WMI's scripting interface. */
  readonly wbemPrivilege: WbemPrivilege | null;
  /** As a moniker spells it: `Security`. */
  readonly shortName: string;
}
