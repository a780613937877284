import {
  type CimInstance,
  type CimValue,
  foldName,
  type InstancePath,
  ParseError,
  parseObjectPath,
  type SingletonPath,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { instanceKey, keysOfPath } from '../instances/instance-path.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { getInstance } from './get-object.ts';

/** What is equal for references to one instance of this namespace; null for what names none. */
export function instanceId(namespace: Namespace, reference: CimValue | undefined): string | null {
  const path = localPath(namespace, reference);
  const cls = path === null ? undefined : namespace.schema.find(path.className);
  if (path === null || cls === undefined) return null;
  return quietly(() => instanceKey(cls, keysOfPath(cls, path)));
}

/** The instance that a path or a reference leads to; null when there is none in this namespace. */
export async function lookUp(
  namespace: Namespace,
  reference: CimValue | undefined | InstancePath | SingletonPath,
  call: ServerCall,
): Promise<CimInstance | null> {
  const path = isPath(reference) ? reference : localPath(namespace, reference);
  const cls = path === null ? undefined : namespace.schema.find(path.className);
  if (path === null || cls === undefined) return null;
  try {
    return await getInstance(namespace, cls, path, call);
  } catch (error) {
    if (error instanceof WbemError && LEADS_NOWHERE.has(error.hresult)) return null;
    throw error;
  }
}

const LEADS_NOWHERE: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_NOT_FOUND,
  WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
]);

function localPath(
  namespace: Namespace,
  reference: CimValue | undefined,
): InstancePath | SingletonPath | null {
  if (typeof reference !== 'string') return null;
  const path = quietly(() => parseObjectPath(reference));
  if (path === null || path.kind === 'namespace' || path.kind === 'class') return null;
  return path.namespace === null || foldName(path.namespace) === foldName(namespace.path) ? path : null;
}

function isPath(value: unknown): value is InstancePath | SingletonPath {
  return typeof value === 'object' && value !== null && 'className' in value;
}

/** null for text that cannot be a reference. */
function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError || error instanceof WbemError) return null;
    throw error;
  }
}
