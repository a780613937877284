import {
  type CimClass,
  type CimQualifier,
  getQualifier,
  type MethodResult,
  type PropertyBag,
  qualifier,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import { securityMethods } from '../namespaces/security-methods.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { InstanceSource, PutRequest, RowBatches } from './instance-source.ts';

const REQUIRES_ENCRYPTION = 'RequiresEncryption';

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

  qualifiers(): readonly CimQualifier[] {
    const { requiresEncryption } = this.#tree.get(this.#namespace);
    return requiresEncryption ? [qualifier(REQUIRES_ENCRYPTION)] : [];
  }

  /** Takes over whether calls have to arrive encrypted; there is nothing else to write (docs/rules.md 8.7). */
  async put(_cls: CimClass, { qualifiers }: PutRequest): Promise<void> {
    const given = getQualifier({ qualifiers }, REQUIRES_ENCRYPTION);
    if (given === undefined) return;
    if (typeof given.value !== 'boolean')
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_QUALIFIER_TYPE,
        `${REQUIRES_ENCRYPTION} takes a boolean, got ${typeof given.value}`,
      );
    await this.#tree.update(this.#namespace, { requiresEncryption: given.value });
  }

  async delete(): Promise<void> {
    throw new WbemError(WbemStatus.WBEM_E_INVALID_OPERATION, '__SystemSecurity cannot be deleted');
  }

  async execMethod(
    cls: CimClass,
    _keys: unknown,
    method: string,
    inParams: PropertyBag,
    call: ServerCall,
  ): Promise<MethodResult> {
    const run = securityMethods[method];
    if (run !== undefined) return run(this.#tree, this.#tree.get(this.#namespace), inParams, call);
    throw new WbemError(
      WbemStatus.WBEM_E_METHOD_NOT_IMPLEMENTED,
      `${cls.className}.${method} is not implemented`,
    );
  }
}
