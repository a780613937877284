import { consumerKind } from './consumer-classes.ts';
import { brokenRule } from './refuse.ts';

/** A standard class, or one that derives from it, would evade the rules of its kind when it is called custom. */
export function requireCustomClass(className: string, derivation: readonly string[] = []): void {
  const kind = consumerKind([className, ...derivation]);
  if (kind === 'custom') return;
  throw brokenRule(`expected a class that is not of the kind '${kind}', got ${className}`);
}
