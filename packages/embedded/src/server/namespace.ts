import { hostname } from 'node:os';
import {
  type CimClass,
  getQualifier,
  hasQualifier,
  type ObjectPlace,
  type Provider,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { InstanceSource } from '../instances/instance-source.ts';
import { NamespaceInstances } from '../instances/namespace-instances.ts';
import { ProvidedInstances } from '../instances/provided-instances.ts';
import { StoredInstances } from '../instances/stored-instances.ts';
import { StoredSingleton } from '../instances/stored-singleton.ts';
import { SystemSecurity } from '../instances/system-security.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import { AuditedInstances } from '../provider-host/audited-instances.ts';
import { ProviderGate } from '../provider-host/provider-gate.ts';
import type { ProviderHosting } from '../provider-host/provider-hosting.ts';
import type { Repository } from '../repository/repository.ts';
import { builtInClasses } from '../schema/built-in-classes.ts';
import { NamespaceSchema } from '../schema/namespace-schema.ts';
import {
  consumerClasses,
  SUBSCRIPTION_NAMESPACE,
  scriptingSetting,
} from '../system-classes/consumer-classes.ts';
import { namespaceClass, systemSecurityClass } from '../system-classes/namespace-classes.ts';

/** What a namespace holds: its classes, and where the instances of each come from. */
export class Namespace {
  readonly path: string;
  readonly schema: NamespaceSchema;
  readonly repository: Repository;
  /** Where its objects live, as `__PATH` and its like tell. */
  readonly place: ObjectPlace;
  readonly #providers: readonly Provider[];
  readonly #stored: InstanceSource;
  readonly #scripting: InstanceSource;
  readonly #namespaces: InstanceSource;
  readonly #security: InstanceSource;
  readonly #providerGate: ProviderGate;
  readonly #hosting: ProviderHosting;

  /**
   * @param providers those that serve classes in this namespace.
   */
  constructor(
    path: string,
    repository: Repository,
    tree: NamespaceTree,
    providers: readonly Provider[],
    hosting: ProviderHosting,
  ) {
    this.path = path;
    this.place = { server: hostname(), namespace: path };
    this.repository = repository;
    const brought = [...standardClassesOf(path), ...providers.flatMap((p) => p.classes)];
    this.schema = new NamespaceSchema(builtInClasses(brought), repository, path);
    this.#providers = providers;
    this.#stored = new StoredInstances(repository, path);
    this.#scripting = new StoredSingleton(repository, path);
    this.#namespaces = new NamespaceInstances(tree, path);
    this.#security = new SystemSecurity(tree, path);
    this.#hosting = hosting;
    this.#providerGate = new ProviderGate(this.schema, hosting.admit);
  }

  /**
   * Where the instances of a class come from.
   * @throws WbemError `WBEM_E_PROVIDER_NOT_FOUND` for a dynamic class that no provider serves.
   */
  sourceOf(cls: CimClass): InstanceSource {
    if (cls === namespaceClass) return this.#namespaces;
    if (cls === systemSecurityClass) return this.#security;
    if (cls === scriptingSetting) return this.#scripting;
    if (!isDynamic(cls)) return this.#stored;
    const provided = new ProvidedInstances({
      provider: this.#providerOf(cls),
      namespace: this.path,
      gate: this.#providerGate,
      hosting: this.#hosting,
    });
    return new AuditedInstances(provided, this.#hosting.hear);
  }

  #providerOf(cls: CimClass): Provider {
    const named = getQualifier(cls, 'provider')?.value;
    const provider = this.#providers.find(
      ({ name, classes }) => classes.includes(cls) || (typeof named === 'string' && sameName(name, named)),
    );
    if (provider !== undefined) return provider;
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_NOT_FOUND,
      `no provider serves the class ${cls.className} in ${this.path}`,
    );
  }
}

function standardClassesOf(path: string): readonly CimClass[] {
  return sameName(path, SUBSCRIPTION_NAMESPACE) ? consumerClasses : [];
}

/** True for a class whose instances a provider makes. */
function isDynamic(cls: CimClass): boolean {
  return hasQualifier(cls, 'dynamic');
}
