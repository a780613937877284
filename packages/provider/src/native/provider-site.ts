import type { Com } from '@wmisec/com-core';
import type { ApartmentScope } from '@wmisec/privileges';
import { type CimClass, foldName, hasQualifier, type Provider, WbemError, WbemStatus } from '@wmisec/wbem';

/** What all calls of one hosted provider share. */
export class ProviderSite {
  readonly com: Com;
  readonly scope: ApartmentScope;
  readonly provider: Provider;
  /** Whether WMI calls as itself, so that nothing is known of clients. @see docs/rules.md 9.11 */
  readonly foldsIdentity: boolean;
  readonly #classes: ReadonlyMap<string, CimClass>;

  constructor(com: Com, scope: ApartmentScope, provider: Provider, foldsIdentity: boolean) {
    this.com = com;
    this.scope = scope;
    this.provider = provider;
    this.foldsIdentity = foldsIdentity;
    this.#classes = new Map(provider.classes.map((cls) => [foldName(cls.className), cls]));
  }

  /** Whether it has classes whose instances it makes, and not those of events alone. */
  get servesInstances(): boolean {
    return this.provider.classes.some((cls) => hasQualifier(cls, 'dynamic'));
  }

  /** @throws WbemError `WBEM_E_INVALID_CLASS` for a class that the provider does not serve. */
  classOf(className: string): CimClass {
    const found = this.#classes.get(foldName(className));
    if (found !== undefined) return found;
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_CLASS,
      `the provider ${this.provider.name} serves no class ${JSON.stringify(className.slice(0, 80))}`,
    );
  }

  /** @throws WbemError `WBEM_E_PROVIDER_NOT_CAPABLE` when the provider lacks the member. */
  requireMember<K extends keyof Provider>(member: K): NonNullable<Provider[K]> {
    const found = this.provider[member];
    if (found !== undefined) return found;
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_NOT_CAPABLE,
      `the provider ${this.provider.name} has no ${member}`,
    );
  }
}
