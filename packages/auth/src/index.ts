export { type BlanketCircumstances, checkBlanket } from './blanket/blanket-rules.ts';
export { shortfalls } from './blanket/compare-blanket.ts';
export { type ProofPolicy, secureProxy } from './blanket/secure-proxy.ts';
export { type ConnectOptions, connect } from './connection/connect.ts';
export { Connection, type QueryOptions } from './connection/connection.ts';
export type { ProxySecurity } from './connection/proxy-ledger.ts';
export {
  PasswordIdentity,
  type PasswordIdentityOptions,
  passwordIdentity,
} from './identity/password-identity.ts';
export { ntHash } from './nt-hash/nt-hash.ts';
export { parseTarget, type Target } from './target/parse-target.ts';
