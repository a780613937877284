import { type CimClass, type CimInstance, WbemError, WbemStatus } from '@wmisec/wbem';
import type { InstanceSource, PutMode } from '../instances/instance-source.ts';
import type { Namespace } from '../server/namespace.ts';
import { checkedRow } from './put-instance.ts';

/** Instances that one call may write or delete together. */
const MAX_TOGETHER = 1_000;

/** An instance and its class. */
export interface InstancePut {
  readonly cls: CimClass;
  readonly object: CimInstance;
}

/**
 * Creates or replaces instances of the repository in one transaction: all of them or none.
 * @returns their relative paths.
 * @throws WbemError `WBEM_E_INVALID_OPERATION` for an instance that is not kept in the repository, and what
 *   `putInstance` throws.
 */
export async function putInstances(
  namespace: Namespace,
  puts: readonly InstancePut[],
  mode: PutMode,
): Promise<string[]> {
  const prepared = puts.map(({ cls, object }) => ({
    ...{ cls, ...checkedRow(cls, object) },
    source: transactional(namespace, cls),
    qualifiers: object.qualifiers ?? [],
  }));
  await namespace.repository.transact((writer) => {
    for (const { cls, row, source, qualifiers } of prepared)
      source.put(writer, cls, { row, mode, qualifiers });
  });
  return prepared.map(({ path }) => path);
}

/** @throws WbemError `WBEM_E_INVALID_OPERATION` for a class whose instances are not in the repository. */
export function transactional(
  namespace: Namespace,
  cls: CimClass,
): NonNullable<InstanceSource['inTransaction']> {
  const { inTransaction } = namespace.sourceOf(cls);
  if (inTransaction !== undefined) return inTransaction;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OPERATION,
    `expected instances of the repository, which alone change together, got one of ${cls.className}`,
  );
}

/** @throws WbemError `WBEM_E_INVALID_PARAMETER` for more than change together. */
export function checkCount(count: number): void {
  if (count <= MAX_TOGETHER) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    `expected ${MAX_TOGETHER} instances at most, got ${count}`,
  );
}
