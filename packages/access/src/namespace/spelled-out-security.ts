import {
  type CallOptions,
  type CimInstance,
  type CimValue,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { checkNamespaceDescriptor } from './check-namespace-descriptor.ts';
import { fromDescriptorInstance, toDescriptorInstance } from './descriptor-instance.ts';

const SINGLETON = '__SystemSecurity=@';

/** What the two methods return instead of a status. @see docs/rules.md 9.3 */
const RETURN_VALUES: ReadonlyMap<number, number> = new Map([
  [2, WbemStatus.WBEM_E_ACCESS_DENIED],
  [8, WbemStatus.WBEM_E_FAILED],
  [9, WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD],
  [21, WbemStatus.WBEM_E_INVALID_PARAMETER],
]);

/**
 * The descriptor of a namespace with all its parts; the SACL only for a caller with SeSecurityPrivilege enabled.
 * @throws WbemError `WBEM_E_ACCESS_DENIED` without READ_CONTROL.
 * @see docs/rules.md 9.3, GetSecurityDescriptor
 */
export async function getNamespaceSecurity(
  services: WbemServices,
  options?: CallOptions,
): Promise<SecurityDescriptor> {
  const { returnValue, outParams } = await services.execMethod(
    SINGLETON,
    'GetSecurityDescriptor',
    {},
    options,
  );
  requireSuccess(returnValue, 'GetSecurityDescriptor');
  const descriptor = outParams['Descriptor'];
  if (isInstance(descriptor)) return fromDescriptorInstance(descriptor);
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OBJECT,
    'GetSecurityDescriptor: expected a descriptor, got none',
  );
}

/**
 * Replaces the parts that are there: an absent ACL, and an owner or group of null, leave what is in force.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a DACL that breaks a rule of `SetSD`, before anything is sent;
 * `WBEM_E_ACCESS_DENIED` without WRITE_DAC; `WBEM_E_PRIVILEGE_NOT_HELD` for a SACL without SeSecurityPrivilege.
 * @see docs/rules.md 9.3, SetSecurityDescriptor
 */
export async function setNamespaceSecurity(
  services: WbemServices,
  descriptor: SecurityDescriptor,
  options?: CallOptions,
): Promise<void> {
  if (descriptor.dacl.kind !== 'absent') checkDacl(descriptor);
  const Descriptor = toDescriptorInstance(descriptor);
  const { returnValue } = await services.execMethod(
    SINGLETON,
    'SetSecurityDescriptor',
    { Descriptor },
    options,
  );
  requireSuccess(returnValue, 'SetSecurityDescriptor');
}

/** Owner and group may be left out here: those in force stay. */
function checkDacl(descriptor: SecurityDescriptor): void {
  checkNamespaceDescriptor({
    ...descriptor,
    owner: descriptor.owner ?? 'S-1-5-32-544',
    group: descriptor.group ?? 'S-1-5-32-544',
  });
}

function requireSuccess(returnValue: CimValue, operation: string): void {
  if (returnValue === 0) return;
  const status = typeof returnValue === 'number' ? RETURN_VALUES.get(returnValue) : undefined;
  throw new WbemError(status ?? WbemStatus.WBEM_E_FAILED, undefined, { operation });
}

function isInstance(value: CimValue | undefined): value is CimInstance {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'instance';
}
