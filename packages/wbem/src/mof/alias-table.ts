import { WbemLimits } from '../cim/limits.ts';
import { foldName } from '../cim/names.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import type { MofClass, MofDocument, MofInstance } from './mof-syntax.ts';

interface Target {
  readonly object: MofClass | MofInstance;
  readonly namespace: string | null;
}

/**
 * Finds the path behind an alias, as seen from a namespace: relative in its own, absolute from another one.
 * @param pathOf the relative path of an instance in its namespace; null without all of its keys.
 */
export function createAliasTable(
  document: MofDocument,
  pathOf: (target: MofInstance, namespace: string | null) => string | null,
): (alias: string, from: string | null) => string {
  const targets = collectTargets(document);
  const paths = new Map<Target, string>();
  const resolving = new Set<Target>();

  function resolve(alias: string, target: Target): string {
    const known = paths.get(target);
    if (known !== undefined) return known;
    if (resolving.has(target) || resolving.size >= WbemLimits.MaxObjectNesting)
      throw new WbemError(
        WbemStatus.WBEM_E_CIRCULAR_REFERENCE,
        `aliases form no circle and no chain past ${WbemLimits.MaxObjectNesting}, got one at $${alias}`,
      );
    resolving.add(target);
    const { object, namespace } = target;
    const path = object.kind === 'class' ? object.className : pathOf(object, namespace);
    resolving.delete(target);
    if (path === null)
      throw new WbemError(
        WbemStatus.WBEM_E_ILLEGAL_NULL,
        `the object with the alias $${alias} needs all of its keys`,
      );
    paths.set(target, path);
    return path;
  }

  return (alias, from) => {
    const target = targets.get(foldName(alias));
    if (target === undefined)
      throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `no object has the alias $${alias}`);
    return seenFrom(from, target.namespace, resolve(alias, target));
  };
}

function collectTargets({ items }: MofDocument): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  let namespace: string | null = null;
  for (const item of items) {
    if (item.kind === 'pragma' && item.name === 'namespace') namespace = item.arguments[0] ?? null;
    if ((item.kind === 'class' || item.kind === 'instance') && item.alias !== null)
      targets.set(foldName(item.alias), { object: item, namespace });
  }
  return targets;
}

function seenFrom(from: string | null, namespace: string | null, path: string): string {
  if (from === namespace || (from !== null && namespace !== null && foldName(from) === foldName(namespace)))
    return path;
  if (namespace === null)
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_NAMESPACE,
      `${path} is referred to from ${from}, and no pragma names its own namespace`,
    );
  return `${namespace.startsWith('\\\\') ? '' : '\\\\.\\'}${namespace}:${path}`;
}
