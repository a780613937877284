import { type CallOptions, WbemError, type WbemServices, WmisecError } from '@wmisec/wbem';
import type { WritableInstance } from './subscription-objects.ts';

/** Milliseconds for taking back what was written, which the caller's signal does not cut short. */
const ROLLBACK_LIMIT = 30_000;

/** Writes that belong together, and what of them was not there before. */
export interface Writes {
  /** In the order in which they are written where they cannot go in together; the last one makes them count. */
  readonly objects: readonly WritableInstance[];
  /** Paths that an undone write leaves alone. */
  readonly kept: ReadonlySet<string>;
  /** For messages. */
  readonly name: string;
}

/**
 * Writes all objects or none: in one call where the transport has it, else one after the other, and what was
 * written is removed again when one fails.
 * @throws WmisecError `SUBSCRIPTION_INCOMPLETE` when that could not be removed; its `cause` is the first failure.
 */
export async function writeTogether(
  services: WbemServices,
  writes: Writes,
  options: CallOptions = {},
): Promise<void> {
  const { objects } = writes;
  if (services.putInstances !== undefined) {
    await services.putInstances(objects, options);
    return;
  }
  const begun: string[] = [];
  try {
    for (const object of objects) {
      // A call that fails may have written all the same.
      begun.unshift(object.path);
      await services.putInstance(object, options);
    }
  } catch (cause) {
    await takeBack(services, begun, writes, cause);
    throw cause;
  }
}

/** Removes what was written, the last first. */
export async function takeBack(
  services: WbemServices,
  paths: readonly string[],
  { kept, name }: Pick<Writes, 'kept' | 'name'>,
  cause: unknown,
): Promise<void> {
  try {
    await deleteTogether(
      services,
      paths.filter((path) => !kept.has(path)),
      { timeoutMs: ROLLBACK_LIMIT },
    );
  } catch {
    throw new WmisecError(
      'SUBSCRIPTION_INCOMPLETE',
      `expected all of ${JSON.stringify(name)} or nothing, but parts of it stay; remove it by its name`,
      { cause, operation: 'installSubscription' },
    );
  }
}

/** Deletes all objects or none where the transport can, else one after the other. Those that are gone are no error. */
export async function deleteTogether(
  services: WbemServices,
  paths: readonly string[],
  options: CallOptions = {},
): Promise<void> {
  if (services.deleteInstances !== undefined) return services.deleteInstances(paths, options);
  for (const path of paths) {
    try {
      await services.deleteInstance(path, options);
    } catch (error) {
      if (!(error instanceof WbemError) || error.code !== 'WBEM_E_NOT_FOUND') throw error;
    }
  }
}
