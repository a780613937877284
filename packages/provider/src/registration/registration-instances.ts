import type { PropertyBag } from '@wmisec/wbem';
import type { ProviderDefinition } from '../define-provider.ts';

/** An instance that registers a provider, in plain words. */
export interface RegistrationInstance {
  readonly className: string;
  /** Only what differs from the defaults of the class. */
  readonly properties: PropertyBag;
}

/**
 * What registers a definition: its `__Win32Provider`, and one registration for each of its roles.
 * @see docs/rules.md 9.10, 5.5
 */
export function registrationInstances({
  provider,
  spec,
  classes,
  hosting,
}: ProviderDefinition): RegistrationInstance[] {
  const { impersonates = false, registrants = null } = spec;
  const instances: RegistrationInstance[] = [
    {
      className: '__Win32Provider',
      properties: {
        Name: provider.name,
        HostingModel: hosting,
        ImpersonationLevel: impersonates ? 1 : 0,
        PerUserInitialization: impersonates,
        SecurityDescriptor: registrants,
      },
    },
  ];
  const reference = { provider: `__Win32Provider.Name="${provider.name.replace(/[\\"]/g, '\\$&')}"` };
  const has = (member: 'put' | 'delete') => classes.some(({ handlers }) => handlers[member] !== undefined);
  const serves = classes.some(({ handlers }) => (handlers.enumerate ?? handlers.get) !== undefined);
  if (serves)
    instances.push({
      className: '__InstanceProviderRegistration',
      properties: {
        ...reference,
        SupportsEnumeration: classes.some(({ handlers }) => handlers.enumerate !== undefined),
        SupportsGet: true,
        SupportsPut: has('put'),
        SupportsDelete: has('delete'),
      },
    });
  if (classes.some(({ handlers }) => Object.keys(handlers.methods ?? {}).length > 0))
    instances.push({ className: '__MethodProviderRegistration', properties: reference });
  if (provider.events !== undefined)
    instances.push({
      className: '__EventProviderRegistration',
      properties: { ...reference, EventQueryList: provider.events.queries },
    });
  return instances;
}
