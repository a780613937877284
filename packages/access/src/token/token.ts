import type { Claim } from '../descriptor/claim-attribute.ts';
import type { Sid } from '../sid/sid.ts';
import type { PrivilegeName } from './privilege-name.ts';

/** Group attributes, `SE_GROUP_*`. A group given as a bare SID is `Enabled`. */
export const GroupAttributes = {
  Mandatory: 0x00000001,
  EnabledByDefault: 0x00000002,
  Enabled: 0x00000004,
  Owner: 0x00000008,
  UseForDenyOnly: 0x00000010,
  Integrity: 0x00000020,
  IntegrityEnabled: 0x00000040,
  Resource: 0x20000000,
  LogonId: 0xc0000000,
} as const;

export interface TokenGroup {
  readonly sid: Sid;
  /** A mask of `GroupAttributes`; 0 is a disabled group. */
  readonly attributes: number;
}

export interface TokenPrivilege {
  readonly name: PrivilegeName;
  readonly enabled: boolean;
}

export const IntegrityLevel = {
  Untrusted: 0x0000,
  Low: 0x1000,
  Medium: 0x2000,
  MediumPlus: 0x2100,
  High: 0x3000,
  System: 0x4000,
  Protected: 0x5000,
} as const;

/**
 * Who is asking, as plain data: easy to write by hand. Only `user` is required. Nothing is added to what is
 * written: `Everyone` and the like are groups that a logon puts in.
 * @see docs/rules.md 12.5
 */
export interface Token {
  readonly user: Sid | TokenGroup;
  readonly groups?: readonly (Sid | TokenGroup)[];
  /** A bare name is an enabled privilege. */
  readonly privileges?: readonly (PrivilegeName | TokenPrivilege)[];
  /** Present on a restricted token: both walks must grant. */
  readonly restricted?: readonly (Sid | TokenGroup)[];
  readonly deviceGroups?: readonly (Sid | TokenGroup)[];
  readonly userClaims?: Readonly<Record<string, Claim>>;
  readonly deviceClaims?: Readonly<Record<string, Claim>>;
  readonly localClaims?: Readonly<Record<string, Claim>>;
  /** The RID of the integrity level; default medium, 0x2000. */
  readonly integrity?: number;
}
