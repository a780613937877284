import type { Namespace } from '../server/namespace.ts';
import { requireChangeable } from './put-class.ts';

/**
 * Deletes a class of the repository with its descendants and all their static instances.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_INVALID_OPERATION`.
 */
export async function deleteClass(namespace: Namespace, className: string): Promise<void> {
  const cls = namespace.schema.get(className);
  requireChangeable(namespace, cls.className);
  await namespace.repository.transact((writer) => {
    for (const each of [cls, ...namespace.schema.descendants(cls.className)])
      writer.deleteClass(namespace.path, each.className);
  });
}
