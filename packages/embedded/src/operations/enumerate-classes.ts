import { type CimClass, type CimObject, type CompiledCondition, WbemStatus } from '@wmisec/wbem';
import type { ObjectBatches } from '../instances/object-batches.ts';
import type { Namespace } from '../server/namespace.ts';

/**
 * The classes below one, or at the root.
 * @param superclass null for all classes, or when not deep for those without a parent.
 */
export async function* enumerateClasses(
  { schema }: Namespace,
  superclass: string | null,
  deep: boolean,
): ObjectBatches<CimClass> {
  if (!deep) yield schema.children(superclass);
  else yield superclass === null ? [...schema.all()] : schema.descendants(superclass);
  return WbemStatus.WBEM_S_NO_ERROR;
}

/** The rows of `SELECT * FROM meta_class`. */
export async function* selectClasses(
  { schema }: Namespace,
  holds: CompiledCondition | null,
): ObjectBatches<CimObject> {
  const classes = [...schema.all()];
  yield holds === null ? classes : classes.filter(holds);
  return WbemStatus.WBEM_S_NO_ERROR;
}
