export { serveSink } from './async/serve-sink.ts';
export { SinkElsewhere } from './async/sink-elsewhere.ts';
export { Apartment } from './com/apartment.ts';
export { Com } from './com/com.ts';
export type { ComPointer } from './com/com-pointer.ts';
export { NamespaceObjects } from './objects/namespace-objects.ts';
export type { ObjectArray } from './objects/object-array.ts';
export { readContext } from './objects/read-context.ts';
export { readObject } from './objects/read-object.ts';
export { ClassId } from './raw/class-ids.ts';
export { ComHost, type ComHostOptions } from './raw/com-host.ts';
export { type ComObject, type Handlers, type ServedInterface, serve } from './raw/com-object.ts';
export {
  ClsCtx,
  CoInit,
  PrivilegeAttribute,
  TokenAccess,
  TokenInformationClass,
  VarType,
  WbemBatchFlag,
  WbemChangeFlag,
  WbemConditionFlag,
  WbemConnectFlag,
  WbemFlag,
  WbemLimit,
  WbemShutdownReason,
  WbemStatusType,
  WbemTimeout,
  WbemUnsecappFlag,
} from './raw/constants.ts';
export { defineInterface, type InterfaceTable } from './raw/define-interface.ts';
export { defineLibrary, type Library, type LibraryTable, type NativeFunction } from './raw/define-library.ts';
export { defineStruct, offsetOf, readStruct, type StructTable, writeStruct } from './raw/define-struct.ts';
export { describeInterfaces, type InterfaceDescription } from './raw/describe-interfaces.ts';
export {
  IEnumWbemClassObject,
  IMofCompiler,
  IUnsecuredApartment,
  IWbemCallResult,
  IWbemClassObject,
  IWbemContext,
  IWbemLocator,
  IWbemObjectSink,
  IWbemObjectSinkEx,
  IWbemQualifierSet,
  IWbemRefresher,
  IWbemServices,
  IWbemShutdown,
  IWbemStatusCodeText,
  IWbemUnsecuredApartment,
} from './raw/interfaces/client.ts';
export { IWbemLevel1Login } from './raw/interfaces/login.ts';
export {
  IWbemDecoupledBasicEventProvider,
  IWbemDecoupledRegistrar,
  IWbemEventConsumerProvider,
  IWbemEventProvider,
  IWbemEventProviderQuerySink,
  IWbemEventProviderSecurity,
  IWbemEventSink,
  IWbemProviderIdentity,
  IWbemProviderInit,
  IWbemProviderInitSink,
  IWbemUnboundObjectSink,
} from './raw/interfaces/provider.ts';
export { IClientSecurity, IServerSecurity } from './raw/interfaces/security.ts';
export { IClassFactory, IErrorInfo, ISupportErrorInfo, IUnknown } from './raw/interfaces/unknown.ts';
export type { Bound, BoundAsync, Native, NativeMethod, Self } from './raw/native.ts';
export type { NativeBlock, NativeMemory } from './raw/native-memory.ts';
export { openNative } from './raw/open-native.ts';
export { COLE_DEFAULT, NULL, type Ptr } from './raw/pointer.ts';
export {
  ACCESS_ALLOWED_ACE,
  ACL,
  COAUTHIDENTITY,
  COAUTHINFO,
  COSERVERINFO,
  GENERIC_MAPPING,
  GUID,
  LUID,
  LUID_AND_ATTRIBUTES,
  MULTI_QI,
  PRIVILEGE_SET,
  SAFEARRAY,
  SAFEARRAYBOUND,
  SECURITY_DESCRIPTOR,
  SECURITY_DESCRIPTOR_RELATIVE,
  SOLE_AUTHENTICATION_INFO,
  SOLE_AUTHENTICATION_LIST,
  SOLE_AUTHENTICATION_SERVICE,
  TOKEN_PRIVILEGES,
  TOKEN_USER,
  VARIANT,
  WBEM_COMPILE_STATUS_INFO,
} from './raw/structs.ts';
export { NativeIdentity } from './services/native-identity.ts';
export type { CallForms } from './services/native-services.ts';
export { native } from './transport/native-transport.ts';
