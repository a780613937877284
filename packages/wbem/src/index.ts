export { checkValue, isCimObject } from './cim/check-value.ts';
export { CIM_FLAG_ARRAY, CimType, type CimTypeName, cimTypeFromName, cimTypeName } from './cim/cim-type.ts';
export {
  type CimDateTime,
  type CimInterval,
  compareDateTime,
  formatDateTime,
  fromDate,
  isCimDateTime,
  parseDateTime,
  toDate,
} from './cim/datetime.ts';
export {
  type ClassSpec,
  defineClass,
  type MethodSpec,
  type PropertySpec,
  type TypedSpec,
  type TypeWord,
} from './cim/define-class.ts';
export { deriveClass } from './cim/derive-class.ts';
export { eventBaseClasses } from './cim/event-base-classes.ts';
export { instanceKeys, instanceOf, isInstanceOf, shapeOf } from './cim/instance.ts';
export { WbemLimits } from './cim/limits.ts';
export { checkClassName, checkIdentifier, foldName, isSystemClassName, sameName } from './cim/names.ts';
export type {
  CimClass,
  CimInstance,
  CimMethod,
  CimObject,
  CimParameter,
  CimProperty,
  CimQualifier,
  InstanceShape,
  PropertyShape,
  QualifierFlavor,
} from './cim/objects.ts';
export { declaredClassOf, findProperty } from './cim/property.ts';
export {
  getQualifier,
  hasQualifier,
  type QualifierSpecs,
  type QualifierValue,
  qualifier,
  standardFlavor,
} from './cim/qualifier.ts';
export type { CimScalar, CimValue, PropertyBag } from './cim/values.ts';
export type { AsyncOptions, AsyncTarget, AsyncWbemServices } from './contracts/async-services.ts';
export type { CallOptions, EnumOptions, GetOptions, PutOptions } from './contracts/call-options.ts';
export type { Caller, CallerSid, CallerToken, SidText } from './contracts/caller.ts';
export type { EnumBatch, EnumWbemClassObject } from './contracts/enumerator.ts';
export type {
  Batching,
  EventProvider,
  EventSink,
  ProvidedEvent,
  Subscriber,
} from './contracts/event-provider.ts';
export type {
  ObjectSink,
  SinkCheck,
  SinkStatus,
  SinkStub,
  UnsecuredApartment,
} from './contracts/object-sink.ts';
export type { EnumerateRequest, Provider, ProviderRequest } from './contracts/provider.ts';
export type { ProxyKind, SecurableProxy } from './contracts/securable-proxy.ts';
export type { MethodResult, WbemServices } from './contracts/services.ts';
export type { OpenRequest, Transport } from './contracts/transport.ts';
export { ParseError, type ParseErrorDetails } from './errors/parse-error.ts';
export { WbemError, type WbemErrorOptions } from './errors/wbem-error.ts';
export { type Refusal, WmisecError, type WmisecErrorOptions } from './errors/wmisec-error.ts';
export { decodeGuid, encodeGuid, type Guid, parseGuid } from './guid.ts';
export { type CompileMofOptions, compileMof, type MofStatement } from './mof/compile-mof.ts';
export { formatMof } from './mof/format-mof.ts';
export type {
  MofAssignment,
  MofClass,
  MofDocument,
  MofFeature,
  MofFlavor,
  MofInstance,
  MofItem,
  MofMethod,
  MofPragma,
  MofPragmaName,
  MofQualifier,
  MofQualifierDeclaration,
  MofScalar,
  MofType,
  MofValue,
} from './mof/mof-syntax.ts';
export { type ParseMofOptions, parseMof } from './mof/parse-mof.ts';
export { formatObjectPath } from './path/format-object-path.ts';
export type {
  ClassPath,
  InstancePath,
  NamespacePath,
  ObjectPath,
  PathKey,
  PathKeyValue,
  PathLocation,
  SingletonPath,
} from './path/object-path.ts';
export { parseObjectPath } from './path/parse-object-path.ts';
export { relativePath } from './path/relative-path.ts';
export { objectPathId, sameObjectPath, sameReference } from './path/same-object-path.ts';
export {
  type HostingModel,
  type HostKind,
  hostAccount,
  parseHostingModel,
} from './registration/hosting-model.ts';
export { AuthnLevel } from './security/authn-level.ts';
export { AuthnService, AuthzService } from './security/authn-service.ts';
export {
  type Blanket,
  type BlanketRequest,
  DEFAULT_AUTHINFO,
  DEFAULT_PRINCIPAL,
} from './security/blanket.ts';
export { Capabilities } from './security/capabilities.ts';
export type { AuthIdentity } from './security/identity.ts';
export { ImpLevel, TokenImpersonationLevel } from './security/imp-level.ts';
export {
  authnLevelName,
  authnServiceName,
  authzServiceName,
  capabilityNames,
  impLevelName,
} from './security/sdk-names.ts';
export { ComStatus } from './status/com-status.ts';
export { failed, formatHresult, type Hresult, hresultFromWin32 } from './status/hresult.ts';
export { MofStatus } from './status/mof-status.ts';
export { statusName } from './status/status-name.ts';
export { WbemStatus } from './status/wbem-status.ts';
export { Win32Error } from './status/win32-error.ts';
export { checkQuery } from './wql/check-query.ts';
export { type CompiledCondition, compileCondition } from './wql/compile-condition.ts';
export { compileProjection } from './wql/compile-projection.ts';
export { formatCondition, formatWql } from './wql/format-wql.ts';
export { isSchemaQuery } from './wql/is-schema-query.ts';
export { neededProperties } from './wql/needed-properties.ts';
export { parseWql } from './wql/parse-wql.ts';
export type {
  AssociatorsQuery,
  ClassTest,
  Comparison,
  Condition,
  GroupClause,
  Junction,
  LikeTest,
  Negation,
  NullTest,
  PropertyComparison,
  PropertyName,
  ReferencesQuery,
  SelectQuery,
  WqlConstant,
  WqlOperator,
  WqlQuery,
} from './wql/query.ts';
export type { ObjectPlace } from './wql/read-property.ts';
export { referencedProperties } from './wql/referenced-properties.ts';
