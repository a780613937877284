import { type CimClass, type CimInstance, foldName, WbemError, WbemStatus } from '@wmisec/wbem';
import { enumerateInstances } from '../instances/enumerate-instances.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { sameState } from './same-state.ts';

/** The instances of some classes at one time, by path. */
export type Snapshot = ReadonlyMap<string, CimInstance>;

/** Instances that one subscription may have polled. */
const MAX_INSTANCES = 100_000;

export interface StateChange {
  readonly before: CimInstance | null;
  readonly after: CimInstance | null;
}

/**
 * Asks the providers for all instances of the classes, as the caller. Those without keys cannot be told apart, so
 * they are left out.
 * @throws WbemError `WBEM_E_QUOTA_VIOLATION` when there are too many.
 */
export async function takeSnapshot(
  namespace: Namespace,
  classes: readonly CimClass[],
  call: ServerCall,
): Promise<Snapshot> {
  const snapshot = new Map<string, CimInstance>();
  const plan = { deep: false, properties: () => null, holds: null };
  for (const cls of classes)
    for await (const instances of enumerateInstances(namespace, cls, plan, call)) {
      for (const instance of instances)
        if (instance.path !== null) snapshot.set(foldName(instance.path), instance);
      if (snapshot.size > MAX_INSTANCES) throw tooMany();
    }
  return snapshot;
}

/** What happened between two snapshots: deletions first, then the others in the order of the later one. */
export function* compareSnapshots(earlier: Snapshot, later: Snapshot): Generator<StateChange> {
  for (const [path, before] of earlier) if (!later.has(path)) yield { before, after: null };
  for (const [path, after] of later) {
    const before = earlier.get(path) ?? null;
    if (before === null || !sameState(before, after)) yield { before, after };
  }
}

function tooMany(): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_QUOTA_VIOLATION,
    `a subscription polls ${MAX_INSTANCES} instances at most, and there are more`,
  );
}
