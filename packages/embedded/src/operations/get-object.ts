import {
  type CimClass,
  type CimInstance,
  type CimObject,
  hasQualifier,
  type InstancePath,
  type SingletonPath,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { keysOfPath } from '../instances/instance-path.ts';
import { rowMapper } from '../instances/row-mapper.ts';
import { notFound } from '../instances/stored-instances.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { parseLocalPath } from './parse-local-path.ts';

/**
 * The class or instance that a path names.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_INVALID_OBJECT_PATH`.
 */
export async function getObject(namespace: Namespace, path: string, call: ServerCall): Promise<CimObject> {
  const parsed = parseLocalPath(namespace, path);
  const cls = namespace.schema.get(parsed.className);
  return parsed.kind === 'class' ? cls : getInstance(namespace, cls, parsed, call);
}

/** The instance that a path names, looked for in the class of the path and in its descendants. */
export async function getInstance(
  namespace: Namespace,
  cls: CimClass,
  path: InstancePath | SingletonPath,
  call: ServerCall,
): Promise<CimInstance> {
  for (const each of [cls, ...namespace.schema.descendants(cls.className)]) {
    if (hasQualifier(each, 'abstract')) continue;
    const source = namespace.sourceOf(each);
    const row = await source.get(each, keysOfPath(each, path), call);
    if (row === null) continue;
    const qualifiers = source.qualifiers?.();
    return { ...rowMapper(each, null)(row), ...(qualifiers !== undefined && { qualifiers }) };
  }
  throw notFound(`such instance of ${cls.className}`);
}

/** @throws WbemError `WBEM_E_INVALID_OPERATION` for a class that has no instances of its own. */
export function requireConcrete(cls: CimClass): void {
  if (!hasQualifier(cls, 'abstract')) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OPERATION,
    `the class ${cls.className} is abstract and has no instances of its own`,
  );
}
