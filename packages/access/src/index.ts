export { AccessRight } from './check/access-rights.ts';
export type { GenericMapping } from './check/generic-mapping.ts';
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
export {
  ABSENT_ACL,
  type Acl,
  Control,
  NULL_ACL,
  type SecurityDescriptor,
} from './descriptor/security-descriptor.ts';
export type { Principal } from './gates/principal.ts';
export { checkNamespaceDescriptor, ownAces } from './namespace/check-namespace-descriptor.ts';
export { inheritedAces, namespaceDescriptorInForce } from './namespace/inherited-aces.ts';
export {
  NAMESPACE_FULL_CONTROL,
  NAMESPACE_MAPPING,
  NamespaceRight,
  namespaceRightNames,
} from './namespace/namespace-rights.ts';
export type { Sid } from './sid/sid.ts';
export { PRIVILEGE_NAMES, type PrivilegeName } from './token/privilege-name.ts';
export {
  GroupAttributes,
  IntegrityLevel,
  type Token,
  type TokenGroup,
  type TokenPrivilege,
} from './token/token.ts';
