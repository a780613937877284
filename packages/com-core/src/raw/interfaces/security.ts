import { defineInterface } from '../define-interface.ts';
import { IUnknown } from './unknown.ts';

export const IClientSecurity = defineInterface(
  'objidlbase.h',
  'IClientSecurity',
  '{0000013D-0000-0000-C000-000000000046}',
  IUnknown,
  {
    QueryBlanket: [
      'IUnknown *pProxy',
      'DWORD *pAuthnSvc',
      'DWORD *pAuthzSvc',
      'OLECHAR **pServerPrincName',
      'DWORD *pAuthnLevel',
      'DWORD *pImpLevel',
      'void **pAuthInfo',
      'DWORD *pCapabilites',
    ],
    SetBlanket: [
      'IUnknown *pProxy',
      'DWORD dwAuthnSvc',
      'DWORD dwAuthzSvc',
      'OLECHAR *pServerPrincName',
      'DWORD dwAuthnLevel',
      'DWORD dwImpLevel',
      'void *pAuthInfo',
      'DWORD dwCapabilities',
    ],
    CopyProxy: ['IUnknown *pProxy', 'IUnknown **ppCopy'],
  },
);

export const IServerSecurity = defineInterface(
  'objidlbase.h',
  'IServerSecurity',
  '{0000013E-0000-0000-C000-000000000046}',
  IUnknown,
  {
    QueryBlanket: [
      'DWORD *pAuthnSvc',
      'DWORD *pAuthzSvc',
      'OLECHAR **pServerPrincName',
      'DWORD *pAuthnLevel',
      'DWORD *pImpLevel',
      'void **pPrivs',
      'DWORD *pCapabilities',
    ],
    ImpersonateClient: [],
    RevertToSelf: [],
    IsImpersonating: [],
  },
);
