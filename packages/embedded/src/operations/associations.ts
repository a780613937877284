import {
  type AssociatorsQuery,
  type CimClass,
  type CimInstance,
  type CimObject,
  CimType,
  getQualifier,
  hasQualifier,
  isInstanceOf,
  type ReferencesQuery,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { enumerateInstances } from '../instances/enumerate-instances.ts';
import { type ObjectBatches, partialStatus } from '../instances/object-batches.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { instanceId, lookUp } from './instance-id.ts';

type AssociationQuery = AssociatorsQuery | ReferencesQuery;

/** An instance of an association, and the reference in it that names the source. */
interface Link {
  readonly cls: CimClass;
  readonly instance: CimInstance;
  readonly role: string;
}

/**
 * The rows of ASSOCIATORS OF (what the source is associated with) or REFERENCES OF (the associations
 * themselves), each once.
 * @throws WbemError `WBEM_E_NOT_SUPPORTED` for queries over the schema, `WBEM_E_NOT_FOUND` when the source does
 *   not exist.
 */
export async function* selectAssociated(
  namespace: Namespace,
  query: AssociationQuery,
  call: ServerCall,
): ObjectBatches<CimObject> {
  const source = await sourceOf(namespace, query, call);
  const seen = new Set<string>();
  let status: number = WbemStatus.WBEM_S_NO_ERROR;
  for (const cls of associationClasses(namespace, query)) {
    try {
      for await (const link of linksOf(namespace, cls, query, source, call)) {
        const found =
          query.kind === 'references' ? [link.instance] : await farEnds(namespace, query, link, call);
        const fresh = found.filter((instance) => isFresh(seen, instance, query.classDefsOnly));
        if (fresh.length > 0) yield fresh.map((instance) => shown(namespace, query, instance));
      }
    } catch (error) {
      const partial = partialStatus(error, true);
      if (partial === null) throw error;
      status = partial;
    }
  }
  return status;
}

async function sourceOf(namespace: Namespace, query: AssociationQuery, call: ServerCall): Promise<string> {
  const { source } = query;
  if (query.schemaOnly || source.kind === 'class')
    throw new WbemError(
      WbemStatus.WBEM_E_NOT_SUPPORTED,
      'associations are followed between instances, got a query over the schema',
    );
  const instance = await lookUp(namespace, source, call);
  if (instance?.path != null) return instanceId(namespace, instance.path)!;
  throw new WbemError(
    WbemStatus.WBEM_E_NOT_FOUND,
    `there is no such instance of ${source.className} to start from`,
  );
}

async function* linksOf(
  namespace: Namespace,
  cls: CimClass,
  query: AssociationQuery,
  source: string,
  call: ServerCall,
): AsyncGenerator<Link> {
  const plan = { deep: false, properties: () => null, holds: null };
  for await (const instances of enumerateInstances(namespace, cls, plan, call)) {
    for (const instance of instances) {
      const role = roleOf(namespace, cls, instance, source, query.role);
      if (role !== null) yield { cls, instance, role };
    }
  }
}

function associationClasses({ schema }: Namespace, query: AssociationQuery): CimClass[] {
  const [wanted, required] =
    query.kind === 'references'
      ? [query.resultClass, query.requiredQualifier]
      : [query.assocClass, query.requiredAssocQualifier];
  return [...schema.all()].filter(
    (cls) =>
      hasQualifier(cls, 'association') &&
      (wanted === null || isOrDerives(cls, wanted)) &&
      (required === null || getQualifier(cls, required) !== undefined),
  );
}

function roleOf(
  namespace: Namespace,
  cls: CimClass,
  { properties }: CimInstance,
  source: string,
  wanted: string | null,
): string | null {
  const property = cls.properties.find(
    ({ name, type }) =>
      type === CimType.Reference &&
      (wanted === null || sameName(name, wanted)) &&
      instanceId(namespace, properties[name]) === source,
  );
  return property?.name ?? null;
}

/** What the other references of an association lead to; those that lead nowhere are left out. */
async function farEnds(
  namespace: Namespace,
  query: AssociatorsQuery,
  { cls, instance, role }: Link,
  call: ServerCall,
): Promise<CimInstance[]> {
  const ends: CimInstance[] = [];
  for (const { name, type } of cls.properties) {
    if (type !== CimType.Reference || name === role) continue;
    if (query.resultRole !== null && !sameName(name, query.resultRole)) continue;
    const end = await lookUp(namespace, instance.properties[name], call);
    if (end !== null && isWanted(namespace, query, end)) ends.push(end);
  }
  return ends;
}

function isWanted({ schema }: Namespace, query: AssociatorsQuery, end: CimInstance): boolean {
  const { resultClass, requiredQualifier } = query;
  if (resultClass !== null && !isInstanceOf(end, resultClass)) return false;
  return (
    requiredQualifier === null ||
    getQualifier(schema.get(end.shape.className), requiredQualifier) !== undefined
  );
}

function isFresh(seen: Set<string>, { shape, path }: CimInstance, byClass: boolean): boolean {
  const id = byClass || path === null ? shape.className : path;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}

function shown({ schema }: Namespace, query: AssociationQuery, instance: CimInstance): CimObject {
  if (query.classDefsOnly) return schema.get(instance.shape.className);
  if (!query.keysOnly) return instance;
  const properties = instance.shape.properties.filter((p) => p.isKey);
  const values = properties.map(({ name }) => [name, instance.properties[name] ?? null] as const);
  return { ...instance, shape: { ...instance.shape, properties }, properties: Object.fromEntries(values) };
}

function isOrDerives({ className, derivation }: CimClass, wanted: string): boolean {
  return [className, ...derivation].some((name) => sameName(name, wanted));
}
