import type { Sid } from '@wmisec/access';
import {
  type CimClass,
  type CimInstance,
  foldName,
  ParseError,
  type PropertyBag,
  parseObjectPath,
  WbemError,
} from '@wmisec/wbem';
import { instanceKey, keysOfPath } from '../instances/instance-path.ts';
import { rowMapper } from '../instances/row-mapper.ts';
import type { Namespace } from '../server/namespace.ts';
import { DeliveryQoS } from './check-binding.ts';
import { storedCreator } from './creator-sid.ts';
import { PART_CLASSES, type PartKind, partKind } from './part-kind.ts';

/** A stored instance of this namespace. */
export interface StoredPart {
  /** Unique within the namespace. */
  readonly key: string;
  readonly instance: CimInstance;
}

/** A filter and a consumer that are bound, all three by one creator. */
export interface LiveBinding {
  readonly creator: Sid;
  readonly filter: StoredPart;
  readonly consumer: StoredPart;
  /** Whether events are given to the consumer before whoever raised them goes on. */
  readonly synchronous: boolean;
  readonly maintainSecurityContext: boolean;
}

/**
 * The bindings of a namespace that take effect: filter and consumer are there, in this namespace, and all three have
 * the same creator.
 * @see docs/rules.md 5.7
 */
export function liveBindings(namespace: Namespace): LiveBinding[] {
  const cls = namespace.schema.get(PART_CLASSES.binding);
  return [cls, ...namespace.schema.descendants(cls.className)].flatMap((each) =>
    Array.from(namespace.repository.instances(namespace.path, each.className), ({ properties }) =>
      liveBinding(namespace, rowMapper(each, null)(properties).properties),
    ).filter((binding) => binding !== null),
  );
}

function liveBinding(namespace: Namespace, row: PropertyBag): LiveBinding | null {
  const creator = storedCreator(row['CreatorSID']);
  const filter = find(namespace, row['Filter'], 'filter');
  const consumer = find(namespace, row['Consumer'], 'consumer');
  if (creator === null || filter === null || consumer === null) return null;
  if ([filter, consumer].some(({ instance }) => storedCreator(instance.properties['CreatorSID']) !== creator))
    return null;
  return {
    ...{ creator, filter, consumer },
    synchronous: row['DeliverSynchronously'] === true || row['DeliveryQoS'] === DeliveryQoS.Synchronous,
    maintainSecurityContext: row['MaintainSecurityContext'] === true,
  };
}

function find(namespace: Namespace, reference: unknown, kind: PartKind): StoredPart | null {
  if (typeof reference !== 'string') return null;
  try {
    const path = parseObjectPath(reference);
    if (path.kind !== 'instance' || !isHere(path.namespace, namespace)) return null;
    const cls = namespace.schema.find(path.className);
    if (cls === undefined || partKind(cls) !== kind) return null;
    return stored(namespace, cls, keysOfPath(cls, path));
  } catch (error) {
    // Stored by another version, or under a class that has changed since: it names nothing.
    if (error instanceof ParseError || error instanceof WbemError) return null;
    throw error;
  }
}

function isHere(path: string | null, namespace: Namespace): boolean {
  return path === null || foldName(path) === foldName(namespace.path);
}

function stored({ path, repository }: Namespace, cls: CimClass, keys: PropertyBag): StoredPart | null {
  const key = instanceKey(cls, keys);
  const row = repository.getInstance(path, cls.className, key)?.properties;
  return row === undefined ? null : { key, instance: rowMapper(cls, null)(row) };
}
