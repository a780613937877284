import { type PrivilegeName, readPrivileges } from '@wmisec/access';
import type { PropertyBag } from '@wmisec/wbem';
import type { HostedCaller } from '../caller/hosted-caller.ts';
import type { CompiledClass } from './compiled-class.ts';

/**
 * Those properties of a class that this caller gets as null. A caller who may not read a key gets no instance.
 * @throws WbemError `WBEM_E_PRIVILEGE_NOT_HELD` for a key.
 * @see docs/rules.md 4.6, 7.1
 */
export function withheldFrom(
  caller: HostedCaller,
  { cls, lineage, guarded }: CompiledClass,
): readonly string[] {
  return guarded.filter((name) => {
    const demand = { privileges: readPrivileges(lineage, name) satisfies PrivilegeName[] };
    if (cls.properties.some((property) => property.isKey && property.name === name)) caller.require(demand);
    return !caller.judge(demand).passed;
  });
}

/** The row without what is withheld; the row itself where nothing is. */
export function shownRow(row: PropertyBag, withheld: readonly string[]): PropertyBag {
  if (withheld.length === 0) return row;
  return { ...row, ...Object.fromEntries(withheld.map((name) => [name, null])) };
}
