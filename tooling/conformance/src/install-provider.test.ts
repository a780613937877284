import { createService } from '@wmisec/embedded';
import { installProvider, uninstallProvider } from '@wmisec/provider';
import { defineClass, type WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { doorsProvider } from './doors-provider.ts';
import { PEOPLE } from './provider-people.ts';

const doors = doorsProvider();
let service: Awaited<ReturnType<typeof createService>>;
let services: WbemServices;

beforeEach(async () => {
  service = await createService({ providers: [] });
  services = await open(service.owner);
});

afterEach(async () => {
  await services[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
});

function open(as: NonNullable<Parameters<typeof service.transport>[0]>['as']): Promise<WbemServices> {
  return service.transport({ as }).open({
    server: null,
    namespace: 'root\\cimv2',
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
  });
}

/** Every class of the namespace, and every instance that registers a provider. */
async function everything(): Promise<string[]> {
  const found: string[] = [];
  for await (const cls of await services.createClassEnum(null)) found.push(cls.className);
  for (const className of ['__Provider', '__ProviderRegistration'])
    for await (const { path } of await services.createInstanceEnum(className)) found.push(String(path));
  return found.sort();
}

test('installing registers the provider with who may register, and uninstalling leaves nothing behind', async () => {
  const before = await everything();
  await installProvider(services, doors);
  expect(await services.getObject('__Win32Provider.Name="Doors"')).toMatchObject({
    properties: { HostingModel: 'Decoupled:Com', SecurityDescriptor: 'O:BAG:BAD:(A;;0x1;;;BA)' },
  });
  expect(await everything()).toEqual(
    [
      ...before,
      'Acme_Door',
      '__Win32Provider.Name="Doors"',
      '__InstanceProviderRegistration.provider="__Win32Provider.Name=\\"Doors\\""',
      '__MethodProviderRegistration.provider="__Win32Provider.Name=\\"Doors\\""',
    ].sort(),
  );
  await installProvider(services, doors);
  await uninstallProvider(services, doors);
  await uninstallProvider(services, doors);
  expect(await everything()).toEqual(before);
});

test('a class of another provider is refused, and nothing is left half done', async () => {
  const other = defineClass({
    name: 'Acme_Door',
    qualifiers: { dynamic: true, provider: 'Others' },
    properties: { Id: { type: 'uint32', key: true } },
  });
  await services.putClass(other);
  const before = await everything();
  await expect(installProvider(services, doors)).rejects.toMatchObject({ code: 'WBEM_E_ALREADY_EXISTS' });
  await uninstallProvider(services, doors);
  expect(await everything()).toEqual(before);
});

test('a reader installs nothing', async () => {
  const before = await everything();
  await using reader = await open(PEOPLE.reader);
  await expect(installProvider(reader, doors)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
  expect(await everything()).toEqual(before);
});
