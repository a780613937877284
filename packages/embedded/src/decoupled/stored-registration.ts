import { type HostingModel, type PropertyBag, parseHostingModel, WbemError, WbemStatus } from '@wmisec/wbem';
import { instanceKey } from '../instances/instance-path.ts';
import type { Namespace } from '../server/namespace.ts';

/** What a namespace says of a decoupled provider. @see docs/rules.md 9.10 */
export interface StoredRegistration {
  readonly model: HostingModel;
  /** SDDL; null for the three accounts of services. */
  readonly securityDescriptor: string | null;
}

/**
 * Reads the `__Win32Provider` of a decoupled provider.
 * @throws WbemError `WBEM_E_PROVIDER_NOT_FOUND` when there is none of that name,
 *   `WBEM_E_INVALID_PROVIDER_REGISTRATION` for one with another hosting model, or with none that can be read.
 */
export function storedRegistration(
  { repository, schema, path }: Namespace,
  name: string,
): StoredRegistration {
  const cls = schema.get('__Win32Provider');
  const stored = repository.getInstance(path, cls.className, instanceKey(cls, { Name: name }));
  if (stored === undefined)
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_NOT_FOUND,
      `the namespace ${path} has no __Win32Provider named ${JSON.stringify(name.slice(0, 80))}`,
    );
  const { properties } = stored;
  const model = parseHostingModel(textOf(properties, 'HostingModel'));
  if (model.kind === 'decoupledCom')
    return { model, securityDescriptor: textOf(properties, 'SecurityDescriptor') };
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PROVIDER_REGISTRATION,
    `the provider ${name} is registered for another host than Decoupled:Com`,
  );
}

function textOf(properties: PropertyBag, name: string): string | null {
  const value = properties[name];
  return typeof value === 'string' ? value : null;
}
