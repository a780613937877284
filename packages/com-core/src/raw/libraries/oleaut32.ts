import { defineLibrary } from '../define-library.ts';

/** @see docs/rules.md 10.5 */
export const oleaut32 = defineLibrary('oleaut32.dll', {
  SysAllocString: ['BSTR', 'const OLECHAR *psz'],
  SysAllocStringLen: ['BSTR', 'const OLECHAR *strIn', 'UINT ui'],
  SysStringLen: ['UINT', 'BSTR pbstr'],
  SysFreeString: ['void', 'BSTR bstrString'],
  VariantInit: ['void', 'VARIANTARG *pvarg'],
  VariantClear: ['HRESULT', 'VARIANTARG *pvarg'],
  VariantCopy: ['HRESULT', 'VARIANTARG *pvargDest', 'VARIANTARG *pvargSrc'],
  SafeArrayCreate: ['SAFEARRAY *', 'VARTYPE vt', 'UINT cDims', 'SAFEARRAYBOUND *rgsabound'],
  SafeArrayCreateVector: ['SAFEARRAY *', 'VARTYPE vt', 'LONG lLbound', 'ULONG cElements'],
  SafeArrayDestroy: ['HRESULT', 'SAFEARRAY *psa'],
  SafeArrayDestroyData: ['HRESULT', 'SAFEARRAY *psa'],
  SafeArrayGetDim: ['UINT', 'SAFEARRAY *psa'],
  SafeArrayGetLBound: ['HRESULT', 'SAFEARRAY *psa', 'UINT nDim', 'LONG *plLbound'],
  SafeArrayGetUBound: ['HRESULT', 'SAFEARRAY *psa', 'UINT nDim', 'LONG *plUbound'],
  SafeArrayGetVartype: ['HRESULT', 'SAFEARRAY *psa', 'VARTYPE *pvt'],
  SafeArrayAccessData: ['HRESULT', 'SAFEARRAY *psa', 'void **ppvData'],
  SafeArrayUnaccessData: ['HRESULT', 'SAFEARRAY *psa'],
  SafeArrayGetElement: ['HRESULT', 'SAFEARRAY *psa', 'LONG *rgIndices', 'void *pv'],
  SafeArrayPutElement: ['HRESULT', 'SAFEARRAY *psa', 'LONG *rgIndices', 'void *pv'],
  GetErrorInfo: ['HRESULT', 'ULONG dwReserved', 'IErrorInfo **pperrinfo'],
  SetErrorInfo: ['HRESULT', 'ULONG dwReserved', 'IErrorInfo *perrinfo'],
});
