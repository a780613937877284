import {
  type Lineage,
  methodPrivileges,
  type PrivilegeName,
  providerAccess,
  readPrivileges,
  writePrivileges,
} from '@wmisec/access';
import type { CimClass, PropertyBag } from '@wmisec/wbem';
import type { NamespaceSchema } from '../schema/namespace-schema.ts';
import type { ServerCall } from '../server/server-call.ts';

/** @throws WbemError `WBEM_E_PRIVILEGE_NOT_HELD` when one of them is not enabled in the caller's token. */
export type AdmitToProvider = (call: ServerCall, privileges: readonly PrivilegeName[]) => void;

/**
 * What stands before every provider: the privileges that its classes name in `Privileges` and `WritePrivileges` have
 * to be enabled in the caller's token.
 * @see docs/rules.md 0.3, 4.6, 7.1
 */
export class ProviderGate {
  readonly #schema: NamespaceSchema;
  readonly #admit: AdmitToProvider;

  constructor(schema: NamespaceSchema, admit: AdmitToProvider) {
    this.#schema = schema;
    this.#admit = admit;
  }

  enterMethod(cls: CimClass, method: string, call: ServerCall): void {
    this.#admit(call, methodPrivileges(this.#lineageOf(cls), method));
  }

  enterWrite(cls: CimClass, call: ServerCall): void {
    this.#admit(call, writePrivileges(this.#lineageOf(cls)));
  }

  /**
   * A caller without the privileges of a key gets no instance; without those of another property, instances in which
   * it is null.
   * @returns what makes a row one that the caller may see; null where the caller may see all of it.
   */
  enterRead(cls: CimClass, call: ServerCall): ((row: PropertyBag) => PropertyBag) | null {
    const lineage = this.#lineageOf(cls);
    for (const { name, isKey } of cls.properties) if (isKey) this.#admit(call, readPrivileges(lineage, name));
    const withheld = cls.properties
      .map(({ name }) => name)
      .filter((name) => !mayRead(call, readPrivileges(lineage, name)));
    if (withheld.length === 0) return null;
    const nulls = Object.fromEntries(withheld.map((name) => [name, null]));
    return (row) => ({ ...row, ...nulls });
  }

  #lineageOf(cls: CimClass): Lineage {
    return [cls, ...cls.derivation.map((name) => this.#schema.get(name))];
  }
}

function mayRead({ principal }: ServerCall, privileges: readonly PrivilegeName[]): boolean {
  return providerAccess(principal, { privileges }, {}).passed;
}
