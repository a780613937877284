import { type Lineage, methodPrivileges, type PrivilegeName } from '@wmisec/access';
import { type CimClass, sameName, WbemError, WbemStatus } from '@wmisec/wbem';
import { requirePrivilege } from '../privilege/find-privilege.ts';

/**
 * The privileges that a method says it needs, in its `Privileges` qualifier; empty when it says nothing.
 * The qualifier informs: WMI itself enforces nothing.
 * @param cls the class, or with it those above it, which `readLineage` gives: the qualifier does not travel to
 * subclasses, and what it demands holds there too.
 * @throws WbemError `WBEM_E_NOT_FOUND` for a method that the class does not have.
 * @throws WmisecError `UNKNOWN_PRIVILEGE` for a requirement that nobody could meet knowingly.
 * @see docs/rules.md 7.1
 */
export function privilegesNeeded(cls: CimClass | Lineage, method: string): PrivilegeName[] {
  const lineage = 'className' in cls ? [cls] : cls;
  const known = lineage.some(({ methods }) => methods.some(({ name }) => sameName(name, method)));
  if (!known)
    throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `${lineage[0]?.className} has no method ${method}`);
  return methodPrivileges(lineage, method).map((word) => requirePrivilege(word).name);
}
