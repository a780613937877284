export type { ClosedReply } from './apartment/apartment-messages.ts';
export type {
  ApartmentScope,
  HostedInterfaces,
  HostedModule,
  HostedParts,
} from './apartment/apartment-scope.ts';
export { type ApartmentOptions, ApartmentThread, type HostRequest } from './apartment/apartment-thread.ts';
export type { HostedObject } from './apartment/hosted-object.ts';
export { CallContext, type Impersonation } from './call/call-context.ts';
export type { CallFacts } from './call/call-facts.ts';
export { CapturedCaller } from './call/captured-caller.ts';
export {
  type AccountLookup,
  type CallerPolicy,
  type CallerRule,
  type PreparedPolicy,
  prepareCallerPolicy,
} from './caller/caller-policy.ts';
export { type CallerVerdict, checkCaller } from './caller/check-caller.ts';
export {
  explainPrivilegeError,
  type PrivilegeAdvice,
  type PrivilegeExplanation,
} from './explain/explain-privilege-error.ts';
export { privilegesNeeded } from './explain/privileges-needed.ts';
export { readLineage } from './explain/read-lineage.ts';
export { findPrivilege } from './privilege/find-privilege.ts';
export { type PrivilegeOverride, parseMonikerPrivileges } from './privilege/parse-moniker-privileges.ts';
export { type Privilege, WbemPrivilege } from './privilege/privilege.ts';
export { PRIVILEGES } from './privilege/privileges.ts';
export { enablePrivileges, withPrivileges } from './scope/enable-privileges.ts';
export type { PrivilegeScope } from './scope/privilege-scope.ts';
export { privilegedServices } from './scope/privileged-services.ts';
export type { Synchronous } from './scope/synchronous.ts';
export {
  type Cloak,
  type PrivilegedProxiesOptions,
  withPrivilegedProxies,
} from './scope/with-privileged-proxies.ts';
export { checkPrivileges, type PrivilegeCheckOptions } from './token/check-privileges.ts';
export { enableInToken } from './token/enable-in-token.ts';
export { listPrivileges, privilegeStateOf, type TokenPrivilegeState } from './token/list-privileges.ts';
export { PrivilegesMissingError } from './token/privileges-missing-error.ts';
export type { TokenOptions, TokenSource } from './token/token-source.ts';
export { type RunPrivilegedOptions, runPrivileged } from './worker/run-privileged.ts';
