import {
  type CallOptions,
  type CimInstance,
  type CimObject,
  getQualifier,
  qualifier,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';

const NAME = 'RequiresEncryption';
const SINGLETON = '__SystemSecurity=@';

/**
 * Whether the namespace takes only calls that arrive at packet privacy.
 * @see docs/rules.md 8.7
 */
export async function getRequiresEncryption(services: WbemServices, options?: CallOptions): Promise<boolean> {
  const { qualifiers = [] } = await singleton(services, options);
  return getQualifier({ qualifiers }, NAME)?.value === true;
}

/**
 * @throws WbemError `WBEM_E_ACCESS_DENIED` without the right to write the namespace.
 * @see docs/rules.md 8.7
 */
export async function setRequiresEncryption(
  services: WbemServices,
  required: boolean,
  options?: CallOptions,
): Promise<void> {
  const current = await singleton(services, options);
  const others = (current.qualifiers ?? []).filter(({ name }) => name.toLowerCase() !== NAME.toLowerCase());
  await services.putInstance({ ...current, qualifiers: [...others, qualifier(NAME, required)] }, options);
}

async function singleton(services: WbemServices, options?: CallOptions): Promise<CimInstance> {
  const object: CimObject = await services.getObject(SINGLETON, options);
  if (object.kind === 'instance') return object;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT, `${SINGLETON}: expected an instance, got a class`);
}
