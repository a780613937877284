import { parseSddl, prepareDescriptor } from '@wmisec/access';
import { type CimClass, type Provider, parseHostingModel, WbemError, WbemStatus } from '@wmisec/wbem';
import { Descriptors } from './caller/descriptors.ts';
import { CompiledProvider } from './compile/compile-provider.ts';
import { type CompiledClass, compileClass } from './compile/compiled-class.ts';
import { CompiledEvents } from './events/compile-events.ts';
import type { EventDefinition } from './events/event-definition.ts';
import type { ServedClass } from './handlers/serve.ts';

/** Administrators read, call, write and subscribe; nobody else does anything. */
export const ADMINISTRATORS_ONLY = 'O:BAG:BAD:(A;;0x53;;;BA)';

export interface ProviderSpec {
  /** The name under which it is registered, `__Win32Provider.Name`. */
  readonly name: string;
  /** Where it serves. Default `root\cimv2`. */
  readonly namespace?: string;
  /**
   * The descriptor that the namespace gets when the provider is installed, `NamespaceSecuritySDDL`. Default: the
   * namespace stays as it is. @see docs/rules.md 9.5
   */
  readonly namespaceSecurity?: string;
  /**
   * Who may do what: SDDL with owner and group, whose rights are those of namespaces: 0x1 `WBEM_ENABLE` reads, 0x2
   * `WBEM_METHOD_EXECUTE` calls methods, 0x10 `WBEM_WRITE_PROVIDER` puts and deletes, 0x40 `WBEM_RIGHT_SUBSCRIBE`
   * subscribes. The namespace is asked before. Default: administrators alone, `O:BAG:BAD:(A;;0x53;;;BA)`.
   */
  readonly security?: string;
  /**
   * Whether handlers act as their callers; it is registered for that (docs/rules.md 4.5). Default false:
   * `caller.impersonate` refuses.
   */
  readonly impersonates?: boolean;
  /** `__Win32Provider.HostingModel`. Default `Decoupled:Com`. @see docs/rules.md 9.11 */
  readonly hosting?: string;
  /**
   * Who may register a decoupled provider under this name: SDDL whose one right is 0x1. Default: the three accounts of
   * services. @see docs/rules.md 9.10
   */
  readonly registrants?: string;
  readonly classes?: readonly ServedClass[];
  readonly events?: EventDefinition;
}

/** A provider as the export of a module: hosts take it as it is. */
export interface ProviderDefinition {
  readonly provider: Provider;
  readonly namespace: string;
  /** `__Win32Provider.HostingModel`. */
  readonly hosting: string;
  readonly namespaceSecurity?: string;
  readonly spec: ProviderSpec;
  readonly classes: readonly CompiledClass[];
}

/**
 * Defines a provider, once for every host.
 *
 * @throws ParseError `INVALID_SDDL` for a descriptor that is none.
 * @throws WmisecError `ERROR_INVALID_SECURITY_DESCR` for one without owner or group, `INVALID_ARGUMENT` for events that
 *   more may receive than the definition lets subscribe.
 * @throws WbemError `WBEM_E_INVALID_PROVIDER_REGISTRATION` for a hosting model that is none, and for no name.
 */
export function defineProvider(spec: ProviderSpec): ProviderDefinition {
  const { name, namespace = 'root\\cimv2', security = ADMINISTRATORS_ONLY, impersonates = false } = spec;
  const { hosting = 'Decoupled:Com' } = spec;
  checkRegistration(spec, hosting);
  const descriptors = new Descriptors();
  const policy = { security: descriptors.prepare({ descriptor: security }), descriptors, impersonates };
  const classes = (spec.classes ?? []).map((served) =>
    compileClass(name, served, policy.security, descriptors),
  );
  const events = spec.events && new CompiledEvents(spec.events, policy, security);
  const provider = new CompiledProvider({ name, classes, descriptors, impersonates, events }, [
    ...classesOf(classes),
    ...eventClassesOf(spec.events),
  ]);
  return {
    ...{ provider, namespace, hosting, spec, classes },
    ...(spec.namespaceSecurity !== undefined && { namespaceSecurity: spec.namespaceSecurity }),
  };
}

function checkRegistration({ name, namespaceSecurity, registrants }: ProviderSpec, hosting: string): void {
  parseHostingModel(hosting);
  for (const sddl of [namespaceSecurity, registrants])
    if (sddl !== undefined) prepareDescriptor(parseSddl(sddl));
  if (name !== '') return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PROVIDER_REGISTRATION,
    'a provider needs a name, got an empty one',
  );
}

/** Parents first; a class that is served counts in place of the same as somebody's parent. */
function classesOf(served: readonly CompiledClass[]): CimClass[] {
  const classes = new Map<string, CimClass>();
  for (const { lineage } of served)
    for (const cls of lineage.toReversed()) classes.set(cls.className, classes.get(cls.className) ?? cls);
  for (const { cls } of served) classes.set(cls.className, cls);
  return [...classes.values()];
}

function eventClassesOf(events: EventDefinition | undefined): CimClass[] {
  const classes = (events?.classes ?? []).flatMap(({ cls, ancestors }) => [...ancestors, cls]);
  return [...new Set(classes)];
}
