import { type CimClass, type MethodResult, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import { childPath, namespaceName } from '../namespaces/namespace-path.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
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

  async put(_cls: CimClass, { row, mode }: PutRequest): Promise<void> {
    const path = this.#pathOf(row);
    checkMode(mode, this.#tree.has(path), `namespace ${path}`);
    await this.#tree.create(this.#parent, namespaceName(path));
  }

  async delete(_cls: CimClass, keys: PropertyBag): Promise<void> {
    const path = this.#pathOf(keys);
    checkMode('updateOnly', this.#tree.has(path), `namespace ${path}`);
    await this.#tree.delete(path);
  }

  async execMethod(_cls: CimClass, _keys: unknown, method: string): Promise<MethodResult> {
    throw new WbemError(WbemStatus.WBEM_E_INVALID_METHOD, `__Namespace has no method ${method}`);
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
