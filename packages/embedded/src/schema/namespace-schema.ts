import { type CimClass, foldName, isSystemClassName, sameName, WbemError, WbemStatus } from '@wmisec/wbem';
import type { RepositoryReader } from '../repository/repository.ts';

/** The classes of one namespace: those that come with the service and its providers, and the stored ones. */
export class NamespaceSchema {
  readonly #builtIn: ReadonlyMap<string, CimClass>;
  readonly #repository: RepositoryReader;
  readonly #namespace: string;

  /** @param builtIn by folded name, complete. */
  constructor(builtIn: ReadonlyMap<string, CimClass>, repository: RepositoryReader, namespace: string) {
    this.#builtIn = builtIn;
    this.#repository = repository;
    this.#namespace = namespace;
  }

  find(className: string): CimClass | undefined {
    return this.#builtIn.get(foldName(className)) ?? this.#repository.getClass(this.#namespace, className);
  }

  /** @throws WbemError with the status given, `WBEM_E_NOT_FOUND` by default. */
  get(className: string, missing: number = WbemStatus.WBEM_E_NOT_FOUND): CimClass {
    const cls = this.find(className);
    if (cls !== undefined) return cls;
    throw new WbemError(
      missing,
      `the namespace ${this.#namespace} has no class ${JSON.stringify(className.slice(0, 80))}`,
    );
  }

  /** True for a class that no client can change: a system class, or one that a provider brought. */
  isBuiltIn(className: string): boolean {
    return this.#builtIn.has(foldName(className));
  }

  /** A stored class that a provider has come to define since is hidden by the provider's. */
  *all(): Iterable<CimClass> {
    yield* this.#builtIn.values();
    for (const cls of this.#repository.classes(this.#namespace))
      if (!this.isBuiltIn(cls.className)) yield cls;
  }

  children(className: string | null): CimClass[] {
    return this.#where(({ superclass }) =>
      className === null ? superclass === null : superclass !== null && sameName(superclass, className),
    );
  }

  /** Of every depth, without the class itself. */
  descendants(className: string): CimClass[] {
    const folded = foldName(className);
    return this.#where(({ derivation }) => derivation.some((name) => foldName(name) === folded));
  }

  #where(predicate: (cls: CimClass) => boolean): CimClass[] {
    return Array.from(this.all()).filter(predicate);
  }
}

/** True for a system class and for what derives from one: its instances need more than partial write. */
export function hasSystemAncestor({ className, derivation }: CimClass): boolean {
  return [className, ...derivation].some(isSystemClassName);
}
