import {
  type CimClass,
  type CimInstance,
  type CimObject,
  findProperty,
  formatObjectPath,
  getQualifier,
  instanceOf,
  isSystemClassName,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import type { ProviderDefinition } from '../define-provider.ts';
import { type RegistrationInstance, registrationInstances } from './registration-instances.ts';

/** What an absent object answers. */
const ABSENT: ReadonlySet<number> = new Set([WbemStatus.WBEM_E_NOT_FOUND, WbemStatus.WBEM_E_INVALID_CLASS]);

/**
 * Writes the classes of a definition and registers it in a namespace, or leaves the namespace as it was. What is there
 * already is replaced, unless a class is another provider's. The descriptor of the namespace stays as it is.
 * @param services a connection to the namespace of the definition, of somebody with `WBEM_FULL_WRITE_REP`.
 * @throws WbemError `WBEM_E_ACCESS_DENIED`; `WBEM_E_ALREADY_EXISTS` for a class of another provider; what the service
 * refuses a class with.
 * @see docs/rules.md 9.9, 9.10
 */
export async function installProvider(services: WbemServices, definition: ProviderDefinition): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const cls of ownClasses(definition)) undo.push(await putClass(services, cls));
    for (const instance of registrationInstances(definition))
      undo.push(await putInstance(services, instance));
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => {});
    throw error;
  }
}

/**
 * Takes the registration of a definition back, then its classes; nothing of it stays behind. What is not there is no
 * error, and the class of another provider is left alone.
 * @param services as for `installProvider`.
 * @throws WbemError `WBEM_E_ACCESS_DENIED`; `WBEM_E_CLASS_HAS_CHILDREN` for a class that others derive from.
 */
export async function uninstallProvider(
  services: WbemServices,
  definition: ProviderDefinition,
): Promise<void> {
  for (const { className, properties } of registrationInstances(definition).reverse()) {
    const key = className === '__Win32Provider' ? 'Name' : 'provider';
    await unlessAbsent(services.deleteInstance(pathOf(className, key, String(properties[key]))));
  }
  for (const cls of ownClasses(definition).reverse()) {
    const found = await find(services, cls.className);
    if (found !== null && isSameProvider(found, cls)) await unlessAbsent(services.deleteClass(cls.className));
  }
}

/** Parents first. */
function ownClasses({ provider }: ProviderDefinition): CimClass[] {
  return provider.classes.filter(({ className }) => !isSystemClassName(className));
}

/** @returns what undoes it. */
async function putClass(services: WbemServices, cls: CimClass): Promise<() => Promise<void>> {
  const before = await find(services, cls.className);
  if (before !== null && !isSameProvider(before, cls))
    throw new WbemError(
      WbemStatus.WBEM_E_ALREADY_EXISTS,
      `the class ${cls.className} is there already, and not of this provider`,
    );
  await services.putClass(cls);
  if (before?.kind === 'class') return () => services.putClass(before);
  return () => services.deleteClass(cls.className);
}

/** @returns what undoes it. */
async function putInstance(
  services: WbemServices,
  { className, properties }: RegistrationInstance,
): Promise<() => Promise<void>> {
  const cls = await services.getObject(className);
  if (cls.kind !== 'class')
    throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS, `expected the class ${className}, got an instance`);
  const known = Object.entries(properties).filter(([name]) => findProperty(cls, name) !== undefined);
  const instance = instanceOf(cls, Object.fromEntries(known));
  const key = className === '__Win32Provider' ? 'Name' : 'provider';
  const path = pathOf(className, key, String(properties[key]));
  const before = await find(services, path);
  await services.putInstance(instance);
  if (before !== null) return async () => void (await services.putInstance(before as CimInstance));
  return () => services.deleteInstance(path);
}

function isSameProvider(found: CimObject, cls: CimClass): boolean {
  if (found.kind !== 'class') return false;
  const [theirs, ours] = [getQualifier(found, 'provider')?.value, getQualifier(cls, 'provider')?.value];
  return (theirs ?? null) === (ours ?? null);
}

function pathOf(className: string, key: string, value: string): string {
  return formatObjectPath({
    kind: 'instance',
    server: null,
    namespace: null,
    className,
    keys: [{ name: key, value }],
  });
}

async function find(services: WbemServices, path: string): Promise<CimObject | null> {
  try {
    return await services.getObject(path);
  } catch (error) {
    if (error instanceof WbemError && ABSENT.has(error.hresult)) return null;
    throw error;
  }
}

async function unlessAbsent(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof WbemError) || !ABSENT.has(error.hresult)) throw error;
  }
}
