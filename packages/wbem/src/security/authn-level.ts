/**
 * How much of each call is authenticated, `RPC_C_AUTHN_LEVEL_*`.
 * @see docs/rules.md 1.3
 */
export const AuthnLevel = {
  /** Negotiate with the server; never `None`. */
  Default: 0,
  None: 1,
  /** Once, at connection. */
  Connect: 2,
  /** At the start of each call. */
  Call: 3,
  /** Each packet is proven to come from the client. */
  Pkt: 4,
  /** Also detects changes. */
  PktIntegrity: 5,
  /** Also encrypts. */
  PktPrivacy: 6,
} as const;

export type AuthnLevel = (typeof AuthnLevel)[keyof typeof AuthnLevel];
