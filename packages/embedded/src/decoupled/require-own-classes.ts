import { type CimClass, getQualifier, type Provider, WbemError, WbemStatus } from '@wmisec/wbem';
import type { Namespace } from '../server/namespace.ts';

/**
 * Whoever may register may not write classes for that: those that the namespace has stored have to be the provider's.
 * @throws WbemError `WBEM_E_ALREADY_EXISTS` for one that is static, or another provider's.
 */
export function requireOwnClasses({ path, repository }: Namespace, { name, classes }: Provider): void {
  for (const cls of classes) {
    const stored = repository.getClass(path, cls.className);
    if (stored === undefined || providerOf(stored) === providerOf(cls)) continue;
    throw new WbemError(
      WbemStatus.WBEM_E_ALREADY_EXISTS,
      `the class ${cls.className} is there already, and not of the provider ${name}`,
    );
  }
}

/** Folded; null for none. */
function providerOf(cls: CimClass): string | null {
  const named = getQualifier(cls, 'provider')?.value;
  return typeof named === 'string' ? named.toLowerCase() : null;
}
