import { type CimClass, defineClass } from '@wmisec/wbem';
import { systemClass } from './base-classes.ts';

const provider = defineClass({
  name: '__Provider',
  superclass: systemClass,
  qualifiers: { abstract: true },
  properties: { Name: { type: 'string', key: true } },
});

/** @see docs/rules.md 9.10 */
const win32Provider = defineClass({
  name: '__Win32Provider',
  superclass: provider,
  properties: {
    CLSID: 'string',
    ClientLoadableCLSID: 'string',
    Concurrency: 'sint32',
    DefaultMachineName: 'string',
    Enabled: 'boolean',
    HostingModel: 'string',
    ImpersonationLevel: { type: 'sint32', value: 0 },
    InitializationReentrancy: { type: 'sint32', value: 0 },
    InitializationTimeoutInterval: 'datetime',
    InitializeAsAdminFirst: 'boolean',
    OperationTimeoutInterval: 'datetime',
    PerLocaleInitialization: { type: 'boolean', value: false },
    PerUserInitialization: { type: 'boolean', value: false },
    Pure: { type: 'boolean', value: true },
    SecurityDescriptor: 'string',
    SupportsExplicitShutdown: 'boolean',
    SupportsExtendedStatus: 'boolean',
    SupportsQuotas: 'boolean',
    SupportsSendStatus: 'boolean',
    SupportsShutdown: 'boolean',
    SupportsThrottling: 'boolean',
    UnloadTimeout: 'datetime',
    Version: 'uint32',
  },
});

const registration = defineClass({
  name: '__ProviderRegistration',
  superclass: systemClass,
  qualifiers: { abstract: true },
  properties: { provider: { type: 'ref:__Provider', key: true } },
});

const objectRegistration = defineClass({
  name: '__ObjectProviderRegistration',
  superclass: registration,
  qualifiers: { abstract: true },
  properties: {
    InteractionType: { type: 'sint32', value: 0 },
    QuerySupportLevels: 'string[]',
    SupportsBatching: 'boolean',
    SupportsDelete: { type: 'boolean', value: false },
    SupportsEnumeration: { type: 'boolean', value: false },
    SupportsGet: { type: 'boolean', value: false },
    SupportsPut: { type: 'boolean', value: false },
    SupportsTransactions: 'boolean',
  },
});

/** Which provider serves what. Creating one needs WBEM_FULL_WRITE_REP, as for every system class. */
export const providerClasses: readonly CimClass[] = [
  provider,
  win32Provider,
  registration,
  objectRegistration,
  defineClass({ name: '__InstanceProviderRegistration', superclass: objectRegistration }),
  defineClass({
    name: '__ClassProviderRegistration',
    superclass: objectRegistration,
    properties: {
      CacheRefreshInterval: 'datetime',
      PerUserSchema: 'boolean',
      ReSynchroniseOnNamespaceOpen: 'boolean',
      ReferencedSetQueries: 'string[]',
      ResultSetQueries: 'string[]',
      UnsupportedQueries: 'string[]',
      Version: 'uint32',
    },
  }),
  defineClass({ name: '__MethodProviderRegistration', superclass: registration }),
  defineClass({
    name: '__PropertyProviderRegistration',
    superclass: registration,
    properties: { SupportsGet: 'boolean', SupportsPut: 'boolean' },
  }),
  defineClass({
    name: '__EventProviderRegistration',
    superclass: registration,
    properties: { EventQueryList: 'string[]' },
  }),
  defineClass({
    name: '__EventConsumerProviderRegistration',
    superclass: registration,
    properties: { ConsumerClassNames: 'string[]' },
  }),
];
