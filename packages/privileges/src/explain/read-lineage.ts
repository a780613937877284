import type { Lineage } from '@wmisec/access';
import { type CallOptions, type CimClass, WbemError, type WbemServices, WbemStatus } from '@wmisec/wbem';

/**
 * Reads a class and every class above it, the nearest first.
 * @throws WbemError what `getObject` throws; `WBEM_E_INVALID_CLASS` for the path of an instance.
 */
export async function readLineage(
  services: WbemServices,
  className: string,
  options?: CallOptions,
): Promise<Lineage> {
  const read = (name: string) => readClass(services, name, options);
  const cls = await read(className);
  return [cls, ...(await Promise.all(cls.derivation.map(read)))];
}

async function readClass(services: WbemServices, name: string, options?: CallOptions): Promise<CimClass> {
  const object = await services.getObject(name, options);
  if (object.kind === 'class') return object;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS, `${name} is an instance: expected a class`);
}
