import type { CimClass, EventProvider, Provider } from '@wmisec/wbem';
import { Descriptors } from './caller/descriptors.ts';
import { CompiledProvider } from './compile/compile-provider.ts';
import { type CompiledClass, compileClass } from './compile/compiled-class.ts';
import type { ServedClass } from './handlers/serve.ts';

/** Administrators read, call, write and subscribe; nobody else does anything. */
export const ADMINISTRATORS_ONLY = 'O:BAG:BAD:(A;;0x53;;;BA)';

export interface ProviderSpec {
  /** The name under which it is registered, `__Win32Provider.Name`. */
  readonly name: string;
  /** Where it serves. Default `root\cimv2`. */
  readonly namespace?: string;
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
  readonly classes?: readonly ServedClass[];
  readonly events?: EventProvider;
}

/** A provider as the export of a module: hosts take it as it is. */
export interface ProviderDefinition {
  readonly provider: Provider;
  readonly namespace: string;
  readonly spec: ProviderSpec;
  readonly classes: readonly CompiledClass[];
}

/**
 * Defines a provider, once for every host.
 *
 * @throws ParseError `INVALID_SDDL` for a `security` that is none.
 * @throws WmisecError `ERROR_INVALID_SECURITY_DESCR` for one without owner or group.
 */
export function defineProvider(spec: ProviderSpec): ProviderDefinition {
  const { name, namespace = 'root\\cimv2', security = ADMINISTRATORS_ONLY, impersonates = false } = spec;
  const descriptors = new Descriptors();
  const prepared = descriptors.prepare({ descriptor: security });
  const classes = (spec.classes ?? []).map((served) => compileClass(name, served, prepared, descriptors));
  const provider = new CompiledProvider(
    { name, classes, descriptors, impersonates, events: spec.events },
    classesOf(classes),
  );
  return { provider, namespace, spec, classes };
}

/** Parents first; a class that is served counts in place of the same as somebody's parent. */
function classesOf(served: readonly CompiledClass[]): CimClass[] {
  const classes = new Map<string, CimClass>();
  for (const { lineage } of served)
    for (const cls of lineage.toReversed()) classes.set(cls.className, classes.get(cls.className) ?? cls);
  for (const { cls } of served) classes.set(cls.className, cls);
  return [...classes.values()];
}
