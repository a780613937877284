export { type AuditedAccess, auditAccess, type FiredAudit } from './audit/audit-access.ts';
export { accessCheckBatchLine } from './batch/access-check-batch-line.ts';
export { type AccessRequest, readAccessRequest } from './batch/access-request.ts';
export type { AccessResult, NodeResult } from './check/access-result.ts';
export { AccessRight } from './check/access-rights.ts';
export { checkAccess, checkPrepared } from './check/check-access.ts';
export { explainAccess } from './check/explain-access.ts';
export type {
  AceStep,
  ExplainedTerm,
  Explanation,
  ExplanationStep,
  Flip,
  MandatoryStep,
  NoDaclStep,
  NoEffect,
  OwnerStep,
  PrivilegeStep,
} from './check/explanation.ts';
export { type FormatExplanationOptions, formatExplanation } from './check/format-explanation.ts';
export { type GenericMapping, mapGenericRights } from './check/generic-mapping.ts';
export type { ObjectTypeEntry } from './check/object-tree.ts';
export { type CheckOptions, type PreparedDescriptor, prepareDescriptor } from './check/prepare-descriptor.ts';
export { type PreparedToken, prepareToken } from './check/prepare-token.ts';
export {
  decodeAbsoluteDescriptor,
  encodeAbsoluteDescriptor,
  type ReadMemory,
} from './descriptor/absolute-descriptor.ts';
export { type Ace, AceFlags, AceType } from './descriptor/ace.ts';
export {
  type Claim,
  type ClaimAttribute,
  ClaimFlags,
  type ClaimValues,
} from './descriptor/claim-attribute.ts';
export type {
  AttributeSource,
  Condition,
  ConditionOperand,
  MembershipOperator,
  RelationalOperator,
} from './descriptor/condition.ts';
export { decodeSecurityDescriptor } from './descriptor/decode-security-descriptor.ts';
export { encodeSecurityDescriptor } from './descriptor/encode-security-descriptor.ts';
export {
  ABSENT_ACL,
  type Acl,
  Control,
  NULL_ACL,
  type SecurityDescriptor,
} from './descriptor/security-descriptor.ts';
export { type CallbackState, callbackCaller } from './gates/callback-caller.ts';
export { type ComState, comInitialised } from './gates/com-initialised.ts';
export { type ConnectArguments, connectArguments } from './gates/connect-arguments.ts';
export { ComRight, type DcomRequest, type DcomState, dcomAccess } from './gates/dcom-access.ts';
export { type DecoupledRegistrationState, decoupledRegistration } from './gates/decoupled-registration.ts';
export { type Gate, type GateOutcome, PASSED, type Passed, type Refused } from './gates/gate.ts';
export { impersonationLevel } from './gates/impersonation-level.ts';
export { type NamespaceExistence, type NamespaceRequest, namespaceExists } from './gates/namespace-exists.ts';
export {
  callerAccessRights,
  type NamespaceRightsRequest,
  type NamespaceRightsState,
  namespaceRights,
  prepareNamespaceDescriptor,
} from './gates/namespace-rights.ts';
export {
  NAMESPACE_OPERATIONS,
  type NamespaceOperation,
  requiredRights,
  type WriteTarget,
} from './gates/operation-rights.ts';
export type { Principal } from './gates/principal.ts';
export { type ProviderRequest, type ProviderState, providerAccess } from './gates/provider-access.ts';
export { refused } from './gates/refused.ts';
export { type EncryptionState, requiresEncryption } from './gates/requires-encryption.ts';
export { requirePassed, runGates } from './gates/run-gates.ts';
export { canonicalOrder, isCanonicalOrder } from './inherit/canonical-order.ts';
export { describeAce } from './inherit/describe-ace.ts';
export { diffDescriptors } from './inherit/diff-descriptors.ts';
export { type Child, inheritAces } from './inherit/inherit-aces.ts';
export { type InheritOptions, inheritDescriptor } from './inherit/inherit-descriptor.ts';
export { checkNamespaceDescriptor, ownAces } from './namespace/check-namespace-descriptor.ts';
export { createNamespace } from './namespace/create-namespace.ts';
export { fromDescriptorInstance, toDescriptorInstance } from './namespace/descriptor-instance.ts';
export { inheritedAces, namespaceDescriptorInForce } from './namespace/inherited-aces.ts';
export {
  NAMESPACE_FULL_CONTROL,
  NAMESPACE_MAPPING,
  NamespaceRight,
  namespaceRightNames,
} from './namespace/namespace-rights.ts';
export { getRequiresEncryption, setRequiresEncryption } from './namespace/requires-encryption.ts';
export { parseNamespaceRights } from './namespace/rights-words.ts';
export { defineSecurityClasses, type SecurityClasses } from './namespace/security-classes.ts';
export { getNamespaceSecurity, setNamespaceSecurity } from './namespace/spelled-out-security.ts';
export {
  getCallerAccessRights,
  getNamespaceDescriptor,
  setNamespaceDescriptor,
} from './namespace/system-security.ts';
export { type ApplyOptions, applyPolicy } from './policy/apply-policy.ts';
export { type Grant, grantPolicy, revokePolicy } from './policy/grant.ts';
export { parsePolicy } from './policy/parse-policy.ts';
export { type NamespaceChange, type OpenNamespace, planPolicy } from './policy/plan-policy.ts';
export type { AppliesTo, NamespacePolicy, Policy, PolicyEntry } from './policy/policy.ts';
export { type PolicyBackup, parsePolicyBackup, rollbackPolicy } from './policy/policy-backup.ts';
export {
  type Lineage,
  methodPrivileges,
  readPrivileges,
  writePrivileges,
} from './privileges/needed-privileges.ts';
export { formatSddl } from './sddl/format-sddl.ts';
export { parseSddl, type SddlOptions } from './sddl/parse-sddl.ts';
export { sddlBatchLine } from './sddl/sddl-batch-line.ts';
export { compareSids } from './sid/compare-sids.ts';
export { decodeSid } from './sid/decode-sid.ts';
export { encodeSid, sidLength } from './sid/encode-sid.ts';
export { parseSid } from './sid/parse-sid.ts';
export type { Sid } from './sid/sid.ts';
export { sidName } from './sid/sid-name.ts';
export { WellKnownSid } from './sid/well-known-sid.ts';
export { filterToken } from './token/filter-token.ts';
export { groupAttributeWords, parseGroupAttributes } from './token/group-attribute-words.ts';
export { type Logon, logonToken } from './token/logon-token.ts';
export { PRIVILEGE_NAMES, type PrivilegeName } from './token/privilege-name.ts';
export { hasPrivilege, type PrivilegeState, privilegeState } from './token/privilege-state.ts';
export {
  GroupAttributes,
  IntegrityLevel,
  type Token,
  type TokenGroup,
  type TokenPrivilege,
} from './token/token.ts';
