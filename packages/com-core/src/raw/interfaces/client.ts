import { defineInterface } from '../define-interface.ts';
import { IUnknown } from './unknown.ts';

export const IWbemLocator = defineInterface(
  'wbemcli.h',
  'IWbemLocator',
  '{DC12A687-737F-11CF-884D-00AA004B2E24}',
  IUnknown,
  {
    ConnectServer: [
      'const BSTR strNetworkResource',
      'const BSTR strUser',
      'const BSTR strPassword',
      'const BSTR strLocale',
      'LONG lSecurityFlags',
      'const BSTR strAuthority',
      'IWbemContext *pCtx',
      'IWbemServices **ppNamespace',
    ],
  },
);

export const IWbemServices = defineInterface(
  'wbemcli.h',
  'IWbemServices',
  '{9556DC99-828C-11CF-A37E-00AA003240C7}',
  IUnknown,
  {
    OpenNamespace: [
      'const BSTR strNamespace',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemServices **ppWorkingNamespace',
      'IWbemCallResult **ppResult',
    ],
    CancelAsyncCall: ['IWbemObjectSink *pSink'],
    QueryObjectSink: ['LONG lFlags', 'IWbemObjectSink **ppResponseHandler'],
    GetObject: [
      'const BSTR strObjectPath',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemClassObject **ppObject',
      'IWbemCallResult **ppCallResult',
    ],
    GetObjectAsync: [
      'const BSTR strObjectPath',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    PutClass: [
      'IWbemClassObject *pObject',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemCallResult **ppCallResult',
    ],
    PutClassAsync: [
      'IWbemClassObject *pObject',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    DeleteClass: [
      'const BSTR strClass',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemCallResult **ppCallResult',
    ],
    DeleteClassAsync: [
      'const BSTR strClass',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    CreateClassEnum: [
      'const BSTR strSuperclass',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IEnumWbemClassObject **ppEnum',
    ],
    CreateClassEnumAsync: [
      'const BSTR strSuperclass',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    PutInstance: [
      'IWbemClassObject *pInst',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemCallResult **ppCallResult',
    ],
    PutInstanceAsync: [
      'IWbemClassObject *pInst',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    DeleteInstance: [
      'const BSTR strObjectPath',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemCallResult **ppCallResult',
    ],
    DeleteInstanceAsync: [
      'const BSTR strObjectPath',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    CreateInstanceEnum: [
      'const BSTR strFilter',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IEnumWbemClassObject **ppEnum',
    ],
    CreateInstanceEnumAsync: [
      'const BSTR strFilter',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    ExecQuery: [
      'const BSTR strQueryLanguage',
      'const BSTR strQuery',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IEnumWbemClassObject **ppEnum',
    ],
    ExecQueryAsync: [
      'const BSTR strQueryLanguage',
      'const BSTR strQuery',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    ExecNotificationQuery: [
      'const BSTR strQueryLanguage',
      'const BSTR strQuery',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IEnumWbemClassObject **ppEnum',
    ],
    ExecNotificationQueryAsync: [
      'const BSTR strQueryLanguage',
      'const BSTR strQuery',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemObjectSink *pResponseHandler',
    ],
    ExecMethod: [
      'const BSTR strObjectPath',
      'const BSTR strMethodName',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemClassObject *pInParams',
      'IWbemClassObject **ppOutParams',
      'IWbemCallResult **ppCallResult',
    ],
    ExecMethodAsync: [
      'const BSTR strObjectPath',
      'const BSTR strMethodName',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemClassObject *pInParams',
      'IWbemObjectSink *pResponseHandler',
    ],
  },
);

export const IWbemClassObject = defineInterface(
  'wbemcli.h',
  'IWbemClassObject',
  '{DC12A681-737F-11CF-884D-00AA004B2E24}',
  IUnknown,
  {
    GetQualifierSet: ['IWbemQualifierSet **ppQualSet'],
    Get: ['LPCWSTR wszName', 'LONG lFlags', 'VARIANT *pVal', 'CIMTYPE *pType', 'LONG *plFlavor'],
    Put: ['LPCWSTR wszName', 'LONG lFlags', 'VARIANT *pVal', 'CIMTYPE Type'],
    Delete: ['LPCWSTR wszName'],
    GetNames: ['LPCWSTR wszQualifierName', 'LONG lFlags', 'VARIANT *pQualifierVal', 'SAFEARRAY **pNames'],
    BeginEnumeration: ['LONG lEnumFlags'],
    Next: ['LONG lFlags', 'BSTR *strName', 'VARIANT *pVal', 'CIMTYPE *pType', 'LONG *plFlavor'],
    EndEnumeration: [],
    GetPropertyQualifierSet: ['LPCWSTR wszProperty', 'IWbemQualifierSet **ppQualSet'],
    Clone: ['IWbemClassObject **ppCopy'],
    GetObjectText: ['LONG lFlags', 'BSTR *pstrObjectText'],
    SpawnDerivedClass: ['LONG lFlags', 'IWbemClassObject **ppNewClass'],
    SpawnInstance: ['LONG lFlags', 'IWbemClassObject **ppNewInstance'],
    CompareTo: ['LONG lFlags', 'IWbemClassObject *pCompareTo'],
    GetPropertyOrigin: ['LPCWSTR wszName', 'BSTR *pstrClassName'],
    InheritsFrom: ['LPCWSTR strAncestor'],
    GetMethod: [
      'LPCWSTR wszName',
      'LONG lFlags',
      'IWbemClassObject **ppInSignature',
      'IWbemClassObject **ppOutSignature',
    ],
    PutMethod: [
      'LPCWSTR wszName',
      'LONG lFlags',
      'IWbemClassObject *pInSignature',
      'IWbemClassObject *pOutSignature',
    ],
    DeleteMethod: ['LPCWSTR wszName'],
    BeginMethodEnumeration: ['LONG lEnumFlags'],
    NextMethod: [
      'LONG lFlags',
      'BSTR *pstrName',
      'IWbemClassObject **ppInSignature',
      'IWbemClassObject **ppOutSignature',
    ],
    EndMethodEnumeration: [],
    GetMethodQualifierSet: ['LPCWSTR wszMethod', 'IWbemQualifierSet **ppQualSet'],
    GetMethodOrigin: ['LPCWSTR wszMethodName', 'BSTR *pstrClassName'],
  },
);

export const IWbemQualifierSet = defineInterface(
  'wbemcli.h',
  'IWbemQualifierSet',
  '{DC12A680-737F-11CF-884D-00AA004B2E24}',
  IUnknown,
  {
    Get: ['LPCWSTR wszName', 'LONG lFlags', 'VARIANT *pVal', 'LONG *plFlavor'],
    Put: ['LPCWSTR wszName', 'VARIANT *pVal', 'LONG lFlavor'],
    Delete: ['LPCWSTR wszName'],
    GetNames: ['LONG lFlags', 'SAFEARRAY **pNames'],
    BeginEnumeration: ['LONG lFlags'],
    Next: ['LONG lFlags', 'BSTR *pstrName', 'VARIANT *pVal', 'LONG *plFlavor'],
    EndEnumeration: [],
  },
);

export const IWbemContext = defineInterface(
  'wbemcli.h',
  'IWbemContext',
  '{44ACA674-E8FC-11D0-A07C-00C04FB68820}',
  IUnknown,
  {
    Clone: ['IWbemContext **ppNewCopy'],
    GetNames: ['LONG lFlags', 'SAFEARRAY **pNames'],
    BeginEnumeration: ['LONG lFlags'],
    Next: ['LONG lFlags', 'BSTR *pstrName', 'VARIANT *pValue'],
    EndEnumeration: [],
    SetValue: ['LPCWSTR wszName', 'LONG lFlags', 'VARIANT *pValue'],
    GetValue: ['LPCWSTR wszName', 'LONG lFlags', 'VARIANT *pValue'],
    DeleteValue: ['LPCWSTR wszName', 'LONG lFlags'],
    DeleteAll: [],
  },
);

export const IEnumWbemClassObject = defineInterface(
  'wbemcli.h',
  'IEnumWbemClassObject',
  '{027947E1-D731-11CE-A357-000000000001}',
  IUnknown,
  {
    Reset: [],
    Next: ['LONG lTimeout', 'ULONG uCount', 'IWbemClassObject **apObjects', 'ULONG *puReturned'],
    NextAsync: ['ULONG uCount', 'IWbemObjectSink *pSink'],
    Clone: ['IEnumWbemClassObject **ppEnum'],
    Skip: ['LONG lTimeout', 'ULONG nCount'],
  },
);

export const IWbemCallResult = defineInterface(
  'wbemcli.h',
  'IWbemCallResult',
  '{44ACA675-E8FC-11D0-A07C-00C04FB68820}',
  IUnknown,
  {
    GetResultObject: ['LONG lTimeout', 'IWbemClassObject **ppResultObject'],
    GetResultString: ['LONG lTimeout', 'BSTR *pstrResultString'],
    GetResultServices: ['LONG lTimeout', 'IWbemServices **ppServices'],
    GetCallStatus: ['LONG lTimeout', 'LONG *plStatus'],
  },
);

export const IWbemObjectSink = defineInterface(
  'wbemcli.h',
  'IWbemObjectSink',
  '{7C857801-7381-11CF-884D-00AA004B2E24}',
  IUnknown,
  {
    Indicate: ['LONG lObjectCount', 'IWbemClassObject **apObjArray'],
    SetStatus: ['LONG lFlags', 'HRESULT hResult', 'BSTR strParam', 'IWbemClassObject *pObjParam'],
  },
);

export const IWbemObjectSinkEx = defineInterface(
  'wbemcli.h',
  'IWbemObjectSinkEx',
  '{E7D35CFA-348B-485E-B524-252725D697CA}',
  IWbemObjectSink,
  {
    WriteMessage: ['ULONG uChannel', 'const BSTR strMessage'],
    WriteError: ['IWbemClassObject *pObjError', 'unsigned char *puReturned'],
    PromptUser: ['const BSTR strMessage', 'unsigned char uPromptType', 'unsigned char *puReturned'],
    WriteProgress: [
      'const BSTR strActivity',
      'const BSTR strCurrentOperation',
      'const BSTR strStatusDescription',
      'ULONG uPercentComplete',
      'ULONG uSecondsRemaining',
    ],
    WriteStreamParameter: ['const BSTR strName', 'VARIANT *vtValue', 'ULONG ulType', 'ULONG ulFlags'],
  },
);

export const IUnsecuredApartment = defineInterface(
  'wbemcli.h',
  'IUnsecuredApartment',
  '{1CFABA8C-1523-11D1-AD79-00C04FD8FDFF}',
  IUnknown,
  {
    CreateObjectStub: ['IUnknown *pObject', 'IUnknown **ppStub'],
  },
);

export const IWbemUnsecuredApartment = defineInterface(
  'wbemcli.h',
  'IWbemUnsecuredApartment',
  '{31739D04-3471-4CF4-9A7C-57A44AE71956}',
  IUnsecuredApartment,
  {
    CreateSinkStub: [
      'IWbemObjectSink *pSink',
      'DWORD dwFlags',
      'LPCWSTR wszReserved',
      'IWbemObjectSink **ppStub',
    ],
  },
);

export const IWbemRefresher = defineInterface(
  'wbemcli.h',
  'IWbemRefresher',
  '{49353C99-516B-11D1-AEA6-00C04FB68820}',
  IUnknown,
  {
    Refresh: ['LONG lFlags'],
  },
);

export const IWbemShutdown = defineInterface(
  'wbemcli.h',
  'IWbemShutdown',
  '{B7B31DF9-D515-11D3-A11C-00105A1F515A}',
  IUnknown,
  {
    Shutdown: ['LONG uReason', 'ULONG uMaxMilliseconds', 'IWbemContext *pCtx'],
  },
);

export const IWbemStatusCodeText = defineInterface(
  'wbemcli.h',
  'IWbemStatusCodeText',
  '{EB87E1BC-3233-11D2-AEC9-00C04FB68820}',
  IUnknown,
  {
    GetErrorCodeText: ['HRESULT hRes', 'LCID LocaleId', 'LONG lFlags', 'BSTR *MessageText'],
    GetFacilityCodeText: ['HRESULT hRes', 'LCID LocaleId', 'LONG lFlags', 'BSTR *MessageText'],
  },
);

export const IMofCompiler = defineInterface(
  'wbemcli.h',
  'IMofCompiler',
  '{6DAF974E-2E37-11D2-AEC9-00C04FB68820}',
  IUnknown,
  {
    CompileFile: [
      'LPWSTR FileName',
      'LPWSTR ServerAndNamespace',
      'LPWSTR User',
      'LPWSTR Authority',
      'LPWSTR Password',
      'LONG lOptionFlags',
      'LONG lClassFlags',
      'LONG lInstanceFlags',
      'WBEM_COMPILE_STATUS_INFO *pInfo',
    ],
    CompileBuffer: [
      'LONG BuffSize',
      'BYTE *pBuffer',
      'LPWSTR ServerAndNamespace',
      'LPWSTR User',
      'LPWSTR Authority',
      'LPWSTR Password',
      'LONG lOptionFlags',
      'LONG lClassFlags',
      'LONG lInstanceFlags',
      'WBEM_COMPILE_STATUS_INFO *pInfo',
    ],
    CreateBMOF: [
      'LPWSTR TextFileName',
      'LPWSTR BMOFFileName',
      'LPWSTR ServerAndNamespace',
      'LONG lOptionFlags',
      'LONG lClassFlags',
      'LONG lInstanceFlags',
      'WBEM_COMPILE_STATUS_INFO *pInfo',
    ],
  },
);
