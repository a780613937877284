import { defineInterface } from '../define-interface.ts';
import { IUnknown } from './unknown.ts';

export const IWbemLevel1Login = defineInterface(
  'wbemtran.h',
  'IWbemLevel1Login',
  '{F309AD18-D86A-11D0-A075-00C04FB68820}',
  IUnknown,
  {
    EstablishPosition: ['LPWSTR wszLocaleList', 'DWORD dwNumLocales', 'DWORD *reserved'],
    RequestChallenge: ['LPWSTR wszNetworkResource', 'LPWSTR wszUser', 'WBEM_128BITS Nonce'],
    WBEMLogin: [
      'LPWSTR wszPreferredLocale',
      'WBEM_128BITS AccessToken',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemServices **ppNamespace',
    ],
    NTLMLogin: [
      'LPWSTR wszNetworkResource',
      'LPWSTR wszPreferredLocale',
      'LONG lFlags',
      'IWbemContext *pCtx',
      'IWbemServices **ppNamespace',
    ],
  },
);
