import {
  type CimClass,
  type CimInstance,
  instanceOf,
  type PropertyBag,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { pathFormatter } from '../instances/instance-path.ts';
import type { PutMode } from '../instances/instance-source.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { requireConcrete } from './get-object.ts';

/**
 * Creates or replaces an instance. Its properties are checked against the class as it is here and now.
 * @returns its relative path.
 * @throws WbemError
 *   `WBEM_E_ALREADY_EXISTS`, `WBEM_E_NOT_FOUND` as the mode asks,
 *   `WBEM_E_PROVIDER_NOT_CAPABLE` for a dynamic class whose provider cannot write,
 *   what `checkedRow` throws.
 */
export async function putInstance(
  namespace: Namespace,
  cls: CimClass,
  object: CimInstance,
  mode: PutMode,
  call: ServerCall,
): Promise<string> {
  const { row, path } = checkedRow(cls, object);
  await namespace.sourceOf(cls).put(cls, { row, mode, qualifiers: object.qualifiers ?? [] }, call);
  return path;
}

/**
 * What is stored of an instance, and its relative path.
 * @throws WbemError
 *   `WBEM_E_INVALID_OPERATION` for an abstract class,
 *   `WBEM_E_INVALID_OBJECT` without a value for each key,
 *   what `instanceOf` throws.
 */
export function checkedRow(
  cls: CimClass,
  { properties }: CimInstance,
): { readonly row: PropertyBag; readonly path: string } {
  requireConcrete(cls);
  const { properties: row } = instanceOf(cls, properties);
  const path = pathFormatter(cls)(row);
  if (path !== null) return { row, path };
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OBJECT,
    `an instance of ${cls.className} needs a value for each of its keys`,
  );
}
