import { type CimClass, foldName, WbemError, WbemStatus } from '@wmisec/wbem';
import { systemClasses } from '../system-classes/system-classes.ts';

/**
 * The classes that a namespace has from the start, by folded name. Providers may bring the same parent class,
 * as one object.
 * @throws WbemError `WBEM_E_ALREADY_EXISTS` when two classes have one name, `WBEM_E_INVALID_SUPERCLASS` when a
 *   parent is missing.
 */
export function builtInClasses(provided: Iterable<CimClass>): ReadonlyMap<string, CimClass> {
  const classes = new Map<string, CimClass>();
  for (const cls of [...systemClasses, ...provided]) add(classes, cls);
  for (const cls of classes.values()) requireParent(classes, cls);
  return classes;
}

function add(classes: Map<string, CimClass>, cls: CimClass): void {
  const known = classes.get(foldName(cls.className));
  if (known !== undefined && known !== cls)
    throw new WbemError(
      WbemStatus.WBEM_E_ALREADY_EXISTS,
      `two providers define the class ${cls.className}; they can share one only as the same object`,
    );
  classes.set(foldName(cls.className), cls);
}

function requireParent(classes: ReadonlyMap<string, CimClass>, { className, superclass }: CimClass): void {
  if (superclass === null || classes.has(foldName(superclass))) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_SUPERCLASS,
    `the provider of ${className} does not bring its parent ${superclass}`,
  );
}
