import {
  type CallOptions,
  type CimClass,
  instanceOf,
  qualifier,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { formatSddl } from '../sddl/format-sddl.ts';
import { checkNamespaceDescriptor } from './check-namespace-descriptor.ts';

/**
 * Creates a namespace below the one that `services` is connected to, or gives an existing one a descriptor: the
 * qualifier `NamespaceSecuritySDDL` of `__Namespace`.
 * @param name one segment, such as `acme`.
 * @param descriptor its own entries; absent for what it inherits alone.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a descriptor that breaks a rule, before anything is sent;
 * `WBEM_E_ACCESS_DENIED` without WBEM_FULL_WRITE_REP.
 * @see docs/rules.md 9.5
 */
export async function createNamespace(
  services: WbemServices,
  name: string,
  descriptor?: SecurityDescriptor,
  options?: CallOptions,
): Promise<void> {
  if (descriptor !== undefined) checkNamespaceDescriptor(descriptor);
  const qualifiers =
    descriptor === undefined ? [] : [qualifier('NamespaceSecuritySDDL', [formatSddl(descriptor)])];
  const instance = instanceOf(await namespaceClass(services, options), { Name: name });
  await services.putInstance({ ...instance, qualifiers }, options);
}

async function namespaceClass(services: WbemServices, options?: CallOptions): Promise<CimClass> {
  const object = await services.getObject('__Namespace', options);
  if (object.kind === 'class') return object;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS, '__Namespace: expected a class, got an instance');
}
