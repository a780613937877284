/**
 * Authentication services, `RPC_C_AUTHN_*`.
 * @see docs/rules.md 6.1, 10.3
 */
export const AuthnService = {
  None: 0,
  DcePrivate: 1,
  DcePublic: 2,
  DecPublic: 4,
  GssNegotiate: 9,
  WinNT: 10,
  GssSchannel: 14,
  GssKerberos: 16,
  Dpa: 17,
  Msn: 18,
  Kernel: 20,
  Digest: 21,
  NegoExtender: 30,
  Pku2u: 31,
  Mq: 100,
  Default: 0xffffffff,
} as const;

export type AuthnService = (typeof AuthnService)[keyof typeof AuthnService];

/** Authorisation services, `RPC_C_AUTHZ_*`. */
export const AuthzService = { None: 0, Name: 1, Dce: 2, Default: 0xffffffff } as const;

export type AuthzService = (typeof AuthzService)[keyof typeof AuthzService];
