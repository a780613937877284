import {
  type CimClass,
  type CimObject,
  checkQuery,
  compileCondition,
  compileProjection,
  isSchemaQuery,
  neededProperties,
  parseWql,
  type SelectQuery,
  shapeOf,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { type EnumeratePlan, enumerateInstances } from '../instances/enumerate-instances.ts';
import type { ObjectBatches } from '../instances/object-batches.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { selectAssociated } from './associations.ts';
import { selectClasses } from './enumerate-classes.ts';
import { pinnedKeys } from './pinned-keys.ts';

/** Opens the rows of a planned query; each opening runs it anew. */
export type RowsOpener<T extends CimObject> = (call: ServerCall) => ObjectBatches<T>;

/**
 * Reads a query and finds out how to run it; nothing is enumerated yet.
 * @throws ParseError `WBEM_E_INVALID_QUERY`.
 * @throws WbemError `WBEM_E_INVALID_CLASS` for an unknown class, `WBEM_E_INVALID_QUERY` for what
 *   `checkQuery` refuses, `WBEM_E_INVALID_QUERY_TYPE` for an event query.
 */
export function planQuery(namespace: Namespace, text: string): RowsOpener<CimObject> {
  const query = parseWql(text);
  if (query.kind !== 'select') return (call) => selectAssociated(namespace, query, call);
  if (query.within !== null || query.group !== null) throw isEventQuery();
  const holds = query.where === null ? null : compileCondition(query.where, namespace.place);
  if (isSchemaQuery(query)) return () => selectClasses(namespace, holds);
  return planSelect(namespace, query);
}

function planSelect(namespace: Namespace, query: SelectQuery): RowsOpener<CimObject> {
  const cls = namespace.schema.get(query.className, WbemStatus.WBEM_E_INVALID_CLASS);
  if ([cls.className, ...cls.derivation].includes('__Event')) throw isEventQuery();
  checkQuery(query, shapeOf(cls));
  const { where } = query;
  const project = compileProjection(query.columns);
  const plan: EnumeratePlan = {
    deep: true,
    properties: (shape) => neededProperties(query, shape),
    where,
    holds: where === null ? null : compileCondition(where, namespace.place),
    ...(where !== null && { keysOf: (each: CimClass) => pinnedKeys(each, where) }),
  };
  return (call) => projected(enumerateInstances(namespace, cls, plan, call), project);
}

async function* projected<A extends CimObject, B extends CimObject>(
  batches: ObjectBatches<A>,
  project: (object: A) => B,
): ObjectBatches<B> {
  try {
    while (true) {
      const { done, value } = await batches.next();
      if (done) return value;
      yield value.map(project);
    }
  } finally {
    await batches.return(WbemStatus.WBEM_S_NO_ERROR);
  }
}

function isEventQuery(): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_INVALID_QUERY_TYPE,
    'execQuery takes data and schema queries, got an event query: use execNotificationQuery',
  );
}
