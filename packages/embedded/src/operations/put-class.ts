import { type CimClass, checkClassName, deriveClass, sameName, WbemError, WbemStatus } from '@wmisec/wbem';
import type { PutMode } from '../instances/instance-source.ts';
import { checkMode } from '../instances/stored-instances.ts';
import type { Namespace } from '../server/namespace.ts';

/**
 * Creates or replaces a class of the repository.
 * @throws WbemError
 *   what `checkClassName` and `deriveClass` throw,
 *   `WBEM_E_INVALID_OPERATION` for a class that came with the service or a provider,
 *   `WBEM_E_CLASS_HAS_CHILDREN`, `WBEM_E_CLASS_HAS_INSTANCES` for a change that others depend on.
 * @see docs/rules.md 14
 */
export async function putClass(namespace: Namespace, declaration: CimClass, mode: PutMode): Promise<void> {
  checkClassName(declaration.className);
  requireChangeable(namespace, declaration.className);
  const parent = parentOf(namespace, declaration);
  const cls = deriveClass(parent, declaration);
  await namespace.repository.transact((writer) => {
    const before = writer.getClass(namespace.path, cls.className);
    checkMode(mode, before !== undefined, `class ${cls.className}`);
    if (before !== undefined) requireUnused(namespace, before);
    writer.putClass(namespace.path, cls);
  });
}

/** @throws WbemError `WBEM_E_INVALID_OPERATION` for a system class and for one that a provider brought. */
export function requireChangeable({ path, schema }: Namespace, className: string): void {
  if (!schema.isBuiltIn(className)) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OPERATION,
    `the class ${className} belongs to the service or to a provider in ${path} and cannot be changed`,
  );
}

function parentOf({ schema }: Namespace, { className, superclass }: CimClass): CimClass | null {
  if (superclass === null) return null;
  if (sameName(superclass, className))
    throw new WbemError(WbemStatus.WBEM_E_INVALID_SUPERCLASS, `${className} cannot derive from itself`);
  return schema.get(superclass, WbemStatus.WBEM_E_INVALID_SUPERCLASS);
}

function requireUnused({ path, schema, repository }: Namespace, { className }: CimClass): void {
  if (schema.children(className).length > 0)
    throw new WbemError(
      WbemStatus.WBEM_E_CLASS_HAS_CHILDREN,
      `the class ${className} has derived classes and cannot be changed`,
    );
  for (const _ of repository.instances(path, className))
    throw new WbemError(
      WbemStatus.WBEM_E_CLASS_HAS_INSTANCES,
      `the class ${className} has instances and cannot be changed`,
    );
}
