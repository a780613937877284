import { defineInterface } from '../define-interface.ts';

export const IUnknown = defineInterface(
  'unknwnbase.h',
  'IUnknown',
  '{00000000-0000-0000-C000-000000000046}',
  null,
  {
    QueryInterface: ['REFIID riid', 'void **ppvObject'],
    AddRef: [],
    Release: [],
  },
);

export const IClassFactory = defineInterface(
  'unknwnbase.h',
  'IClassFactory',
  '{00000001-0000-0000-C000-000000000046}',
  IUnknown,
  {
    CreateInstance: ['IUnknown *pUnkOuter', 'REFIID riid', 'void **ppvObject'],
    LockServer: ['WINBOOL fLock'],
  },
);

export const IErrorInfo = defineInterface(
  'oaidl.h',
  'IErrorInfo',
  '{1CF2B120-547D-101B-8E65-08002B2BD119}',
  IUnknown,
  {
    GetGUID: ['GUID *pGUID'],
    GetSource: ['BSTR *pBstrSource'],
    GetDescription: ['BSTR *pBstrDescription'],
    GetHelpFile: ['BSTR *pBstrHelpFile'],
    GetHelpContext: ['DWORD *pdwHelpContext'],
  },
);

export const ISupportErrorInfo = defineInterface(
  'oaidl.h',
  'ISupportErrorInfo',
  '{DF0B3D60-548F-101B-8E65-08002B2BD119}',
  IUnknown,
  { InterfaceSupportsErrorInfo: ['REFIID riid'] },
);
