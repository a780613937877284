import {
  type CimClass,
  type CimInstance,
  type Condition,
  hasQualifier,
  type InstanceShape,
  type PropertyBag,
  shapeOf,
  WbemStatus,
} from '@wmisec/wbem';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { RowBatches } from './instance-source.ts';
import { type ObjectBatches, partialStatus } from './object-batches.ts';
import { rowMapper } from './row-mapper.ts';

export interface EnumeratePlan {
  /** Descendants too. */
  readonly deep: boolean;
  /** What is read of the instances of a class, keys included; null for everything. */
  readonly properties: (shape: InstanceShape) => ReadonlySet<string> | null;
  /** What providers may look at to leave rows out; `holds` decides. */
  readonly where?: Condition | null;
  readonly holds: ((instance: CimInstance) => boolean) | null;
  /** The keys of the one instance that a class can contribute; null when it has to be enumerated. */
  readonly keysOf?: (cls: CimClass) => PropertyBag | null;
}

/** The instances of a class and, when deep, of its descendants, class by class. */
export async function* enumerateInstances(
  namespace: Namespace,
  cls: CimClass,
  plan: EnumeratePlan,
  call: ServerCall,
): ObjectBatches<CimInstance> {
  let status: number = WbemStatus.WBEM_S_NO_ERROR;
  const below = plan.deep ? namespace.schema.descendants(cls.className) : [];
  for (const each of [cls, ...below].filter((c) => !hasQualifier(c, 'abstract'))) {
    try {
      yield* instancesOf(namespace, each, plan, call);
    } catch (error) {
      const partial = partialStatus(error, each !== cls);
      if (partial === null) throw error;
      status = partial;
    }
  }
  return status;
}

async function* instancesOf(
  namespace: Namespace,
  cls: CimClass,
  plan: EnumeratePlan,
  call: ServerCall,
): AsyncGenerator<readonly CimInstance[], void> {
  const properties = plan.properties(shapeOf(cls));
  const toInstance = rowMapper(cls, properties);
  const { holds } = plan;
  for await (const rows of await batchesOf(namespace, cls, plan, properties, call)) {
    const instances = rows.map(toInstance);
    yield holds === null ? instances : instances.filter(holds);
  }
}

async function batchesOf(
  namespace: Namespace,
  cls: CimClass,
  plan: EnumeratePlan,
  properties: ReadonlySet<string> | null,
  call: ServerCall,
): Promise<RowBatches> {
  const source = namespace.sourceOf(cls);
  const keys = plan.keysOf?.(cls) ?? null;
  if (keys === null) return source.rows(cls, { properties, where: plan.where ?? null }, call);
  const row = await source.get(cls, keys, call);
  return row === null ? [] : [[row]];
}
