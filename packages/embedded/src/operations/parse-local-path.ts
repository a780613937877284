import {
  type ClassPath,
  foldName,
  type InstancePath,
  parseObjectPath,
  type SingletonPath,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Namespace } from '../server/namespace.ts';

/**
 * A path of an object in the namespace at hand. A path that names another one is refused.
 * @throws ParseError `WBEM_E_INVALID_OBJECT_PATH`.
 * @throws WbemError `WBEM_E_INVALID_OBJECT_PATH` for a namespace or an object elsewhere.
 */
export function parseLocalPath(namespace: Namespace, text: string): ClassPath | InstancePath | SingletonPath {
  const path = parseObjectPath(text);
  const isHere = path.namespace === null || foldName(path.namespace) === foldName(namespace.path);
  if (path.kind !== 'namespace' && isHere) return path;
  const what = path.kind === 'namespace' ? 'the path of a namespace' : `an object in ${path.namespace}`;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
    `expected the path of a class or an instance in ${namespace.path}, got ${what}`,
  );
}
