import { namespaceRights, requirePassed } from '@wmisec/access';
import { type CimClass, type MethodResult, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import { childPath, namespaceName } from '../namespaces/namespace-path.ts';
import { orderedDescriptor } from '../namespaces/namespace-sddl.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import type { StoredNamespace } from '../repository/repository.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { InstanceSource, PutRequest, RowBatches } from './instance-source.ts';
import { checkMode } from './stored-instances.ts';

/** The namespaces below one, as instances of `__Namespace`: putting one makes it, deleting one removes it. */
export class NamespaceInstances implements InstanceSource {
  readonly #tree: NamespaceTree;
  readonly #parent: string;

  constructor(tree: NamespaceTree, parent: string) {
    this.#tree = tree;
    this.#parent = parent;
  }

  rows(): RowBatches {
    return [this.#tree.children(this.#parent).map(({ path }) => ({ Name: namespaceName(path) }))];
  }

  async get(_cls: CimClass, keys: PropertyBag): Promise<PropertyBag | null> {
    const path = this.#pathOf(keys);
    return this.#tree.has(path) ? { Name: namespaceName(this.#tree.get(path).path) } : null;
  }

  /**
   * @throws WbemError `WBEM_E_ACCESS_DENIED` when the qualifier `NamespaceSecuritySDDL` would change a namespace
   *   whose DACL the caller may not change.
   */
  async put(_cls: CimClass, { row, mode, qualifiers }: PutRequest, call: ServerCall): Promise<void> {
    const path = this.#pathOf(row);
    const existing = this.#tree.find(path);
    checkMode(mode, existing !== undefined, `namespace ${path}`);
    const ordered = orderedDescriptor(qualifiers);
    if (existing !== undefined && ordered !== null) this.#requireWriteDac(existing, call);
    await this.#tree.put(this.#parent, namespaceName(path), ordered);
  }

  async delete(_cls: CimClass, keys: PropertyBag): Promise<void> {
    const path = this.#pathOf(keys);
    checkMode('updateOnly', this.#tree.has(path), `namespace ${path}`);
    await this.#tree.delete(path);
  }

  async execMethod(_cls: CimClass, _keys: unknown, method: string): Promise<MethodResult> {
    throw new WbemError(WbemStatus.WBEM_E_INVALID_METHOD, `__Namespace has no method ${method}`);
  }

  #requireWriteDac(namespace: StoredNamespace, { principal, operation }: ServerCall): void {
    const request = { namespace: namespace.path, operation: 'writeSecurity' as const };
    const state = { descriptor: this.#tree.preparedDescriptor(namespace) };
    requirePassed(namespaceRights(principal, request, state), operation);
  }

  #pathOf({ Name }: PropertyBag): string {
    const name = typeof Name === 'string' ? Name : '';
    if (/[\\/]/.test(name))
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_PARAMETER,
        `a namespace is made one level at a time, got ${JSON.stringify(name.slice(0, 80))}`,
      );
    return childPath(this.#parent, name);
  }
}
