// The SDK's numbers that the raw calls take, under their own names: docs/rules.md 10.3. What the whole
// toolkit speaks of, such as authentication levels and statuses, stands in @wmisec/wbem.

export const ClsCtx = {
  CLSCTX_INPROC_SERVER: 0x1,
  CLSCTX_LOCAL_SERVER: 0x4,
  CLSCTX_REMOTE_SERVER: 0x10,
} as const;

export const CoInit = {
  COINIT_MULTITHREADED: 0x0,
  COINIT_APARTMENTTHREADED: 0x2,
  COINIT_DISABLE_OLE1DDE: 0x4,
} as const;

/** Flags of the calls of `IWbemServices`. */
export const WbemFlag = {
  WBEM_FLAG_RETURN_IMMEDIATELY: 0x10,
  WBEM_FLAG_FORWARD_ONLY: 0x20,
  WBEM_FLAG_NO_ERROR_OBJECT: 0x40,
  WBEM_FLAG_SEND_STATUS: 0x80,
  WBEM_FLAG_ENSURE_LOCATABLE: 0x100,
  WBEM_FLAG_DIRECT_READ: 0x200,
  WBEM_FLAG_USE_AMENDED_QUALIFIERS: 0x20000,
  WBEM_FLAG_STRONG_VALIDATION: 0x100000,
  WBEM_FLAG_DEEP: 0,
  WBEM_FLAG_SHALLOW: 1,
} as const;

/** Flags of `PutClass` and `PutInstance`. */
export const WbemChangeFlag = {
  WBEM_FLAG_CREATE_OR_UPDATE: 0,
  WBEM_FLAG_UPDATE_ONLY: 1,
  WBEM_FLAG_CREATE_ONLY: 2,
  WBEM_FLAG_UPDATE_SAFE_MODE: 0x20,
  WBEM_FLAG_UPDATE_FORCE_MODE: 0x40,
  WBEM_FLAG_ADVISORY: 0x10000,
  WBEM_FLAG_OWNER_UPDATE: 0x10000,
} as const;

/** Which properties `IWbemClassObject.GetNames` and `BeginEnumeration` visit. */
export const WbemConditionFlag = {
  WBEM_FLAG_ALWAYS: 0,
  WBEM_FLAG_ONLY_IF_TRUE: 0x1,
  WBEM_FLAG_ONLY_IF_FALSE: 0x2,
  WBEM_FLAG_KEYS_ONLY: 0x4,
  WBEM_FLAG_REFS_ONLY: 0x8,
  WBEM_FLAG_LOCAL_ONLY: 0x10,
  WBEM_FLAG_PROPAGATED_ONLY: 0x20,
  WBEM_FLAG_SYSTEM_ONLY: 0x30,
  WBEM_FLAG_NONSYSTEM_ONLY: 0x40,
} as const;

/** What `IWbemObjectSink.SetStatus` reports. */
export const WbemStatusType = {
  WBEM_STATUS_COMPLETE: 0,
  WBEM_STATUS_REQUIREMENTS: 1,
  WBEM_STATUS_PROGRESS: 2,
} as const;

/** Time limits, in milliseconds otherwise; `WBEM_INFINITE` is -1 where a LONG is asked for. */
export const WbemTimeout = { WBEM_NO_WAIT: 0, WBEM_INFINITE: -1 } as const;

/** Flags of `IWbemLocator.ConnectServer`. */
export const WbemConnectFlag = {
  WBEM_FLAG_CONNECT_REPOSITORY_ONLY: 0x40,
  WBEM_FLAG_CONNECT_USE_MAX_WAIT: 0x80,
  WBEM_FLAG_CONNECT_PROVIDERS: 0x100,
} as const;

/** Flags of `IWbemUnsecuredApartment.CreateSinkStub`. */
export const WbemUnsecappFlag = {
  WBEM_FLAG_UNSECAPP_DEFAULT_CHECK_ACCESS: 0,
  WBEM_FLAG_UNSECAPP_CHECK_ACCESS: 1,
  WBEM_FLAG_UNSECAPP_DONT_CHECK_ACCESS: 2,
} as const;

/** Flags of `IWbemEventSink.SetBatchingParameters`. */
export const WbemBatchFlag = {
  WBEM_FLAG_BATCH_IF_NEEDED: 0,
  WBEM_FLAG_MUST_BATCH: 1,
  WBEM_FLAG_MUST_NOT_BATCH: 2,
} as const;

export const WbemLimit = {
  WBEM_MAX_IDENTIFIER: 0x1000,
  WBEM_MAX_QUERY: 0x4000,
  WBEM_MAX_PATH: 0x2000,
  WBEM_MAX_OBJECT_NESTING: 64,
  WBEM_MAX_USER_PROPERTIES: 1024,
} as const;

export const WbemShutdownReason = {
  WBEM_SHUTDOWN_UNLOAD_COMPONENT: 1,
  WBEM_SHUTDOWN_WMI: 2,
  WBEM_SHUTDOWN_OS: 3,
} as const;

export const TokenAccess = {
  TOKEN_DUPLICATE: 0x2,
  TOKEN_IMPERSONATE: 0x4,
  TOKEN_QUERY: 0x8,
  TOKEN_ADJUST_PRIVILEGES: 0x20,
} as const;

export const TokenInformationClass = {
  TokenUser: 1,
  TokenGroups: 2,
  TokenPrivileges: 3,
  TokenType: 8,
  TokenImpersonationLevel: 9,
  TokenElevation: 20,
} as const;

/** What `LUID_AND_ATTRIBUTES.Attributes` says of a privilege. */
export const PrivilegeAttribute = {
  SE_PRIVILEGE_ENABLED_BY_DEFAULT: 0x1,
  SE_PRIVILEGE_ENABLED: 0x2,
  SE_PRIVILEGE_REMOVED: 0x4,
} as const;

/** What a SAFEARRAY's elements are, and with `FADF_STATIC` that their memory is not the array's. */
export const SafeArrayFeature = {
  FADF_STATIC: 0x2,
  FADF_UNKNOWN: 0x200,
  FADF_VARIANT: 0x800,
} as const;

/** VARIANT types, a value's or, with `VT_ARRAY`, a SAFEARRAY's. */
export const VarType = {
  VT_EMPTY: 0,
  VT_NULL: 1,
  VT_I2: 2,
  VT_I4: 3,
  VT_R4: 4,
  VT_R8: 5,
  VT_DATE: 7,
  VT_BSTR: 8,
  VT_DISPATCH: 9,
  VT_ERROR: 10,
  VT_BOOL: 11,
  VT_VARIANT: 12,
  VT_UNKNOWN: 13,
  VT_I1: 16,
  VT_UI1: 17,
  VT_UI2: 18,
  VT_UI4: 19,
  VT_I8: 20,
  VT_UI8: 21,
  VT_INT: 22,
  VT_UINT: 23,
  VT_ARRAY: 0x2000,
  VT_BYREF: 0x4000,
} as const;
