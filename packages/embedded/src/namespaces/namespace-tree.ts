import {
  namespaceDescriptorInForce,
  type PreparedDescriptor,
  prepareNamespaceDescriptor,
  type SecurityDescriptor,
} from '@wmisec/access';
import { foldName, WbemError, WbemStatus } from '@wmisec/wbem';
import type { Repository, StoredNamespace } from '../repository/repository.ts';
import { DEFAULT_NAMESPACES, INHERITING_DESCRIPTOR } from './default-namespaces.ts';
import { childPath, lineage, parentPath } from './namespace-path.ts';
import { withOwnDacl } from './own-descriptor.ts';

/** The namespaces of a service and the descriptors in force on them. */
export class NamespaceTree {
  readonly #repository: Repository;
  /** Computed once for one record and one descriptor of its parent. */
  readonly #inForce = new WeakMap<StoredNamespace, InForce>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** @throws WbemError `WBEM_E_INVALID_NAMESPACE` when there is none. */
  get(path: string): StoredNamespace {
    const namespace = this.find(path);
    if (namespace !== undefined) return namespace;
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_NAMESPACE,
      `there is no namespace ${JSON.stringify(path.slice(0, 80))}`,
    );
  }

  find(path: string): StoredNamespace | undefined {
    return this.#repository.getNamespace(path);
  }

  has(path: string): boolean {
    return this.find(path) !== undefined;
  }

  children(path: string): StoredNamespace[] {
    return this.#where((parent) => foldName(parent ?? '') === foldName(path));
  }

  /** The namespace's own entries and what it inherits from its parents as they are now (docs/rules.md 9.4). */
  descriptorInForce(namespace: StoredNamespace): SecurityDescriptor {
    return this.#inForceOn(namespace).descriptor;
  }

  /** The same, ready for many checks. */
  preparedDescriptor(namespace: StoredNamespace): PreparedDescriptor {
    const inForce = this.#inForceOn(namespace);
    inForce.prepared ??= prepareNamespaceDescriptor(inForce.descriptor);
    return inForce.prepared;
  }

  /**
   * Makes a namespace, or changes one that exists.
   * @param ordered its own entries; null for none, which leaves those of an existing one.
   */
  async put(parent: string, name: string, ordered: SecurityDescriptor | null): Promise<void> {
    const path = childPath(this.get(parent).path, name);
    await this.#repository.transact((writer) => {
      const before = writer.getNamespace(path) ?? {
        path,
        descriptor: INHERITING_DESCRIPTOR,
        requiresEncryption: false,
      };
      const descriptor = ordered === null ? before.descriptor : withOwnDacl(before.descriptor, ordered);
      writer.putNamespace({ ...before, descriptor });
    });
  }

  /**
   * Removes a namespace with all that is in it and below it.
   * @throws WbemError `WBEM_E_INVALID_OPERATION` for one that the service always has.
   */
  async delete(path: string): Promise<void> {
    const { path: stored } = this.get(path);
    if (DEFAULT_NAMESPACES.some((name) => foldName(name) === foldName(stored)))
      throw new WbemError(WbemStatus.WBEM_E_INVALID_OPERATION, `the namespace ${stored} cannot be deleted`);
    const below = `${foldName(stored)}\\`;
    await this.#repository.transact((writer) => {
      for (const { path: each } of writer.namespaces())
        if (foldName(each).startsWith(below)) writer.deleteNamespace(each);
      writer.deleteNamespace(stored);
    });
  }

  /** Replaces members of what is stored of a namespace. */
  async update(path: string, changes: Partial<Omit<StoredNamespace, 'path'>>): Promise<void> {
    await this.#repository.transact((writer) => {
      const before = writer.getNamespace(path);
      if (before !== undefined) writer.putNamespace({ ...before, ...changes });
    });
  }

  /** Goes down from the root, so that depth costs no stack. */
  #inForceOn({ path }: StoredNamespace): InForce {
    let above: InForce | null = null;
    for (const each of lineage(path)) above = this.#inForceBelow(this.get(each), above?.descriptor ?? null);
    return above!;
  }

  #inForceBelow(namespace: StoredNamespace, above: SecurityDescriptor | null): InForce {
    const known = this.#inForce.get(namespace);
    if (known !== undefined && known.above === above) return known;
    const descriptor = namespaceDescriptorInForce(namespace.descriptor, above);
    const inForce = { above, descriptor, prepared: null };
    this.#inForce.set(namespace, inForce);
    return inForce;
  }

  #where(isChildOf: (parent: string | null) => boolean): StoredNamespace[] {
    return Array.from(this.#repository.namespaces()).filter(({ path }) => isChildOf(parentPath(path)));
  }
}

interface InForce {
  readonly above: SecurityDescriptor | null;
  readonly descriptor: SecurityDescriptor;
  prepared: PreparedDescriptor | null;
}
