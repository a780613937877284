import {
  type CimClass,
  type InstancePath,
  type PropertyBag,
  type SingletonPath,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { keysOfPath } from '../instances/instance-path.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';

/** An instance of exactly this class. */
export interface InstanceOfClass {
  readonly cls: CimClass;
  readonly path: InstancePath | SingletonPath;
}

/**
 * Deletes an instance.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_INVALID_OPERATION` for a singleton,
 *   `WBEM_E_PROVIDER_NOT_CAPABLE` for a dynamic class whose provider cannot delete.
 */
export async function deleteInstance(
  namespace: Namespace,
  instance: InstanceOfClass,
  call: ServerCall,
): Promise<void> {
  await namespace.sourceOf(instance.cls).delete(instance.cls, keysToDelete(instance), call);
}

/** @throws WbemError `WBEM_E_INVALID_OPERATION` for a singleton. */
export function keysToDelete({ cls, path }: InstanceOfClass): PropertyBag {
  if (path.kind !== 'singleton') return keysOfPath(cls, path);
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OPERATION,
    `the singleton ${cls.className} cannot be deleted`,
  );
}
