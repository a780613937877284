import { callerAccessRights } from '@wmisec/access';
import { type CimClass, type MethodResult, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { InstanceSource, RowBatches } from './instance-source.ts';

/** The singleton `__SystemSecurity` of a namespace. @see docs/rules.md 9.3 */
export class SystemSecurity implements InstanceSource {
  readonly #tree: NamespaceTree;
  readonly #namespace: string;

  constructor(tree: NamespaceTree, namespace: string) {
    this.#tree = tree;
    this.#namespace = namespace;
  }

  rows(): RowBatches {
    return [[{}]];
  }

  async get(): Promise<PropertyBag | null> {
    return {};
  }

  async put(): Promise<void> {}

  async delete(): Promise<void> {
    throw new WbemError(WbemStatus.WBEM_E_INVALID_OPERATION, '__SystemSecurity cannot be deleted');
  }

  async execMethod(
    _cls: CimClass,
    _keys: unknown,
    method: string,
    _inParams: PropertyBag,
    call: ServerCall,
  ): Promise<MethodResult> {
    if (method === 'GetCallerAccessRights') return this.#getCallerAccessRights(call);
    throw new WbemError(WbemStatus.WBEM_E_METHOD_NOT_IMPLEMENTED, `__SystemSecurity.${method}`);
  }

  #getCallerAccessRights({ principal }: ServerCall): MethodResult {
    const descriptor = this.#tree.preparedDescriptor(this.#tree.get(this.#namespace));
    return { returnValue: 0, outParams: { rights: callerAccessRights(principal, { descriptor }) | 0 } };
  }
}
