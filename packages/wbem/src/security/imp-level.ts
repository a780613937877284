/**
 * What a server may do with the caller's identity, `RPC_C_IMP_LEVEL_*`. Token levels count from 0:
 * see `TokenImpersonationLevel`.
 * @see docs/rules.md 1.3
 */
export const ImpLevel = {
  Default: 0,
  Anonymous: 1,
  /** Read the identity, check against descriptors. WMI refuses calls at this level. */
  Identify: 2,
  /** Act as the client on one machine. */
  Impersonate: 3,
  /** Act as the client across machines. */
  Delegate: 4,
} as const;

export type ImpLevel = (typeof ImpLevel)[keyof typeof ImpLevel];

/** `SECURITY_IMPERSONATION_LEVEL` as a token reports it: one less than `ImpLevel`. */
export const TokenImpersonationLevel = {
  Anonymous: 0,
  Identification: 1,
  Impersonation: 2,
  Delegation: 3,
} as const;

export type TokenImpersonationLevel = (typeof TokenImpersonationLevel)[keyof typeof TokenImpersonationLevel];
