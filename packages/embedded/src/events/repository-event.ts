import { type CimInstance, instanceOf, type PropertyBag } from '@wmisec/wbem';
import { rowMapper } from '../instances/row-mapper.ts';
import { namespaceName, parentPath } from '../namespaces/namespace-path.ts';
import type { NamespaceSchema } from '../schema/namespace-schema.ts';
import { namespaceClass } from '../system-classes/namespace-classes.ts';
import { intrinsicEvent } from './intrinsic-event.ts';
import type { RepositoryChange } from './repository-change.ts';

/** The namespace whose subscribers hear of a change; null for the root, which has no parent. */
export function namespaceOfChange(change: RepositoryChange): string | null {
  return change.kind === 'namespace' ? parentPath(change.path) : change.namespace;
}

/** @returns null when the class of the instance is gone by now. */
export function repositoryEvent(schema: NamespaceSchema, change: RepositoryChange): CimInstance | null {
  if (change.kind === 'class') return intrinsicEvent(schema, 'Class', change.before, change.after);
  if (change.kind === 'instance') return instanceEvent(schema, change);
  const target = instanceOf(namespaceClass, { Name: namespaceName(change.path) });
  return intrinsicEvent(schema, 'Namespace', change.existed ? target : null, change.exists ? target : null);
}

function instanceEvent(
  schema: NamespaceSchema,
  { className, before, after }: Extract<RepositoryChange, { kind: 'instance' }>,
): CimInstance | null {
  const cls = schema.find(className);
  if (cls === undefined) return null;
  const toInstance = rowMapper(cls, null);
  const instance = (row: PropertyBag | null) => (row === null ? null : toInstance(row));
  return intrinsicEvent(schema, 'Instance', instance(before), instance(after));
}
