import { defineInterface } from '../define-interface.ts';
import { IWbemObjectSink } from './client.ts';
import { IUnknown } from './unknown.ts';

export const IWbemProviderInit = defineInterface(
  'wbemprov.h',
  'IWbemProviderInit',
  '{1BE41572-91DD-11D1-AEB2-00C04FB68820}',
  IUnknown,
  {
    Initialize: [
      'LPWSTR wszUser',
      'LONG lFlags',
      'LPWSTR wszNamespace',
      'LPWSTR wszLocale',
      'IWbemServices *pNamespace',
      'IWbemContext *pCtx',
      'IWbemProviderInitSink *pInitSink',
    ],
  },
);

export const IWbemProviderInitSink = defineInterface(
  'wbemprov.h',
  'IWbemProviderInitSink',
  '{1BE41571-91DD-11D1-AEB2-00C04FB68820}',
  IUnknown,
  {
    SetStatus: ['LONG lStatus', 'LONG lFlags'],
  },
);

export const IWbemProviderIdentity = defineInterface(
  'wbemprov.h',
  'IWbemProviderIdentity',
  '{631F7D97-D993-11D2-B339-00105A1F4AAF}',
  IUnknown,
  {
    SetRegistrationObject: ['LONG lFlags', 'IWbemClassObject *pProvReg'],
  },
);

export const IWbemEventProvider = defineInterface(
  'wbemprov.h',
  'IWbemEventProvider',
  '{E245105B-B06E-11D0-AD61-00C04FD8FDFF}',
  IUnknown,
  {
    ProvideEvents: ['IWbemObjectSink *pSink', 'LONG lFlags'],
  },
);

export const IWbemEventProviderQuerySink = defineInterface(
  'wbemprov.h',
  'IWbemEventProviderQuerySink',
  '{580ACAF8-FA1C-11D0-AD72-00C04FD8FDFF}',
  IUnknown,
  {
    NewQuery: ['ULONG dwId', 'WBEM_WSTR wszQueryLanguage', 'WBEM_WSTR wszQuery'],
    CancelQuery: ['ULONG dwId'],
  },
);

export const IWbemEventProviderSecurity = defineInterface(
  'wbemprov.h',
  'IWbemEventProviderSecurity',
  '{631F7D96-D993-11D2-B339-00105A1F4AAF}',
  IUnknown,
  {
    AccessCheck: [
      'WBEM_CWSTR wszQueryLanguage',
      'WBEM_CWSTR wszQuery',
      'LONG lSidLength',
      'const BYTE *pSid',
    ],
  },
);

export const IWbemEventSink = defineInterface(
  'wbemprov.h',
  'IWbemEventSink',
  '{3AE0080A-7E3A-4366-BF89-0FEEDC931659}',
  IWbemObjectSink,
  {
    SetSinkSecurity: ['LONG lSDLength', 'BYTE *pSD'],
    IsActive: [],
    GetRestrictedSink: [
      'LONG lNumQueries',
      'const LPCWSTR *awszQueries',
      'IUnknown *pCallback',
      'IWbemEventSink **ppSink',
    ],
    SetBatchingParameters: ['LONG lFlags', 'DWORD dwMaxBufferSize', 'DWORD dwMaxSendLatency'],
  },
);

export const IWbemEventConsumerProvider = defineInterface(
  'wbemprov.h',
  'IWbemEventConsumerProvider',
  '{E246107A-B06E-11D0-AD61-00C04FD8FDFF}',
  IUnknown,
  {
    FindConsumer: ['IWbemClassObject *pLogicalConsumer', 'IWbemUnboundObjectSink **ppConsumer'],
  },
);

export const IWbemUnboundObjectSink = defineInterface(
  'wbemprov.h',
  'IWbemUnboundObjectSink',
  '{E246107B-B06E-11D0-AD61-00C04FD8FDFF}',
  IUnknown,
  {
    IndicateToConsumer: [
      'IWbemClassObject *pLogicalConsumer',
      'LONG lNumObjects',
      'IWbemClassObject **apObjects',
    ],
  },
);

export const IWbemDecoupledRegistrar = defineInterface(
  'wbemprov.h',
  'IWbemDecoupledRegistrar',
  '{1005CBCF-E64F-4646-BCD3-3A089D8A84B4}',
  IUnknown,
  {
    Register: [
      'LONG a_Flags',
      'IWbemContext *a_Context',
      'LPCWSTR a_User',
      'LPCWSTR a_Locale',
      'LPCWSTR a_Scope',
      'LPCWSTR a_Registration',
      'IUnknown *pIUnknown',
    ],
    UnRegister: [],
  },
);

export const IWbemDecoupledBasicEventProvider = defineInterface(
  'wbemprov.h',
  'IWbemDecoupledBasicEventProvider',
  '{86336D20-CA11-4786-9EF1-BC8A946B42FC}',
  IWbemDecoupledRegistrar,
  {
    GetSink: ['LONG a_Flags', 'IWbemContext *a_Context', 'IWbemObjectSink **a_Sink'],
    GetService: ['LONG a_Flags', 'IWbemContext *a_Context', 'IWbemServices **a_Service'],
  },
);
