export type { AllowedService } from './blanket/allowed-services.ts';
export { type BlanketCircumstances, checkBlanket } from './blanket/blanket-rules.ts';
export { shortfalls } from './blanket/compare-blanket.ts';
export { type ProofPolicy, secureProxy } from './blanket/secure-proxy.ts';
export { type ConnectOptions, connect } from './connection/connect.ts';
export { type ConnectedServices, Connection, type QueryOptions } from './connection/connection.ts';
export type { ProxySecurity } from './connection/proxy-ledger.ts';
export { diagnose } from './diagnose/diagnose.ts';
export type { DiagnoseRequest, Diagnosis, Fact, GateStep } from './diagnose/diagnosis.ts';
export { passwordFromStdin } from './identity/password-from-stdin.ts';
export {
  PasswordIdentity,
  type PasswordIdentityOptions,
  passwordIdentity,
} from './identity/password-identity.ts';
export {
  type ReadPasswordIdentityOptions,
  readPasswordIdentity,
} from './identity/read-password-identity.ts';
export { ntHash } from './nt-hash/nt-hash.ts';
export {
  initializeProcessSecurity,
  type ProcessSecurityResult,
} from './process-security/initialize-process-security.ts';
export type {
  CallInAccess,
  ProcessSecurityRequest,
  ServerAuthnService,
  ServiceCredential,
  TooLatePolicy,
} from './process-security/process-security-request.ts';
export { parseTarget, type Target } from './target/parse-target.ts';
