import { randomUUID } from 'node:crypto';
import type { Principal } from '@wmisec/access';
import { type CimClass, type CimInstance, CimType, instanceOf, type PropertyBag } from '@wmisec/wbem';
import { keyProperties } from '../instances/instance-path.ts';
import type { Namespace } from '../server/namespace.ts';
import { checkBinding } from './check-binding.ts';
import { checkConsumer, hasConsumerRules } from './check-consumer.ts';
import { checkFilter } from './check-filter.ts';
import { creatorSidOf } from './creator-sid.ts';
import { partKind } from './part-kind.ts';

export interface PartWriter {
  readonly namespace: Namespace;
  readonly principal: Principal;
  /** Gives a namespace whose classes the writer may know of; null for others. */
  readonly namespaceOf: (path: string) => Namespace | null;
}

/**
 * A part of a permanent subscription as it is to be stored: with the creator that the service finds, whatever the
 * client says, a GUID where it has no name, and in keeping with the rules of its class. Other instances are returned
 * as they are.
 * @throws WbemError what `instanceOf`, `checkFilter`, `checkBinding` and `checkConsumer` throw.
 * @see docs/rules.md 5.7, 9.9, 9.15
 */
export function writtenPart(cls: CimClass, object: CimInstance, writer: PartWriter): CimInstance {
  const kind = partKind(cls);
  if (kind === null && !hasConsumerRules(cls)) return object;
  const { properties } = instanceOf(cls, object.properties);
  checkConsumer(cls, properties);
  if (kind === null) return object;
  const row = { ...properties, ...missingName(cls, properties), CreatorSID: creatorSidOf(writer.principal) };
  if (kind === 'filter') checkFilter(row, writer.namespace.path, writer.namespaceOf);
  if (kind === 'binding') checkBinding(row, writer.namespace.schema);
  return { ...object, properties: row };
}

function missingName(cls: CimClass, row: PropertyBag): PropertyBag {
  const [key, ...others] = keyProperties(cls);
  if (key === undefined || others.length > 0 || key.type !== CimType.String) return {};
  const value = row[key.name] ?? '';
  return value === '' ? { [key.name]: `{${randomUUID().toUpperCase()}}` } : {};
}
