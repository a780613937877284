import type { Namespace } from '../server/namespace.ts';
import { type InstanceOfClass, keysToDelete } from './delete-instance.ts';
import { transactional } from './put-instances.ts';

/**
 * Deletes instances of the repository in one transaction: all of them or none.
 * @throws WbemError `WBEM_E_INVALID_OPERATION` for an instance that is not kept in the repository, and what
 *   `deleteInstance` throws.
 */
export async function deleteInstances(
  namespace: Namespace,
  instances: readonly InstanceOfClass[],
): Promise<void> {
  const prepared = instances.map((instance) => ({
    ...{ cls: instance.cls, keys: keysToDelete(instance) },
    source: transactional(namespace, instance.cls),
  }));
  await namespace.repository.transact((writer) => {
    for (const { cls, keys, source } of prepared) source.delete(writer, cls, keys);
  });
}
