import type { PrivilegeName } from '@wmisec/access';
import { type CimClass, getQualifier, sameName, WbemError, WbemStatus } from '@wmisec/wbem';
import { requirePrivilege } from '../privilege/find-privilege.ts';

/**
 * The privileges that a method says it needs, in its `Privileges` qualifier; empty when it says nothing.
 * The qualifier informs: WMI itself enforces nothing.
 * @throws WbemError `WBEM_E_NOT_FOUND` for a method that the class does not have.
 * @throws WmisecError `UNKNOWN_PRIVILEGE` for a requirement that nobody could meet knowingly.
 * @see docs/rules.md 7.1
 */
export function privilegesNeeded(cls: CimClass, method: string): PrivilegeName[] {
  const found = cls.methods.find(({ name }) => sameName(name, method));
  if (found === undefined)
    throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `${cls.className} has no method ${method}`);
  const value = getQualifier(found, 'Privileges')?.value ?? [];
  const words = Array.isArray(value) ? value : [value];
  return [...new Set(words.map((word) => requirePrivilege(String(word)).name))];
}
