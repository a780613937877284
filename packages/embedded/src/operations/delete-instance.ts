import { type CimClass, type InstancePath, type SingletonPath, WbemError, WbemStatus } from '@wmisec/wbem';
import { keysOfPath } from '../instances/instance-path.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';

/**
 * Deletes an instance of exactly the class of the path.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_INVALID_OPERATION` for a singleton,
 *   `WBEM_E_PROVIDER_NOT_CAPABLE` for a dynamic class whose provider cannot delete.
 */
export async function deleteInstance(
  namespace: Namespace,
  cls: CimClass,
  path: InstancePath | SingletonPath,
  call: ServerCall,
): Promise<void> {
  if (path.kind === 'singleton')
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_OPERATION,
      `the singleton ${cls.className} cannot be deleted`,
    );
  await namespace.sourceOf(cls).delete(cls, keysOfPath(cls, path), call);
}
