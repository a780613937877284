import { defineClass, instanceOf, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { namespaceClass } from '../system-classes/namespace-classes.ts';
import { all, open } from '../testing.ts';

let service: EmbeddedService;
let root: WbemServices;

beforeEach(async () => {
  service = await createService({ providers: [] });
  root = await open(service, 'root');
});

const make = (parent: WbemServices, Name: string) => parent.putInstance(instanceOf(namespaceClass, { Name }));

test('a service has root and its four namespaces', async () => {
  const names = (await all(root.createInstanceEnum('__Namespace'))).map(({ properties }) => properties.Name);
  expect(names).toEqual(['cimv2', 'default', 'subscription', 'security']);
});

test('putting a __Namespace makes a namespace with the system classes and nothing else', async () => {
  expect(await make(root, 'Acme')).toBe('__Namespace.Name="Acme"');
  const acme = await open(service, 'ROOT\\acme');
  expect(acme.namespace).toBe('root\\Acme');
  expect(await acme.getObject('__EventFilter')).toMatchObject({ kind: 'class' });
});

test('namespaces keep their classes apart', async () => {
  await make(root, 'Acme');
  await (await open(service, 'root\\Acme')).putClass(defineClass({ name: 'Acme_Door' }));
  await expect(root.getObject('Acme_Door')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
});

test('openNamespace goes down by a relative path', async () => {
  await make(root, 'Acme');
  await make(await open(service, 'root\\Acme'), 'Sub');
  expect((await root.openNamespace('acme\\sub')).namespace).toBe('root\\Acme\\Sub');
  await expect(root.openNamespace('nowhere')).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE' });
});

test('deleting a namespace takes what is below it along, and ends connections to it', async () => {
  await make(root, 'Acme');
  const acme = await open(service, 'root\\Acme');
  await make(acme, 'Sub');
  const sub = await open(service, 'root\\Acme\\Sub');
  await root.deleteInstance('__Namespace="acme"');
  for (const gone of [acme, sub])
    await expect(gone.getObject('__EventFilter')).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE' });
});

test('the namespaces that a service always has cannot be deleted', async () => {
  await expect(root.deleteInstance('__Namespace="cimv2"')).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_OPERATION',
  });
});

test.each(['', 'a\\b', 'a b', '1', 'a:b', '..'])('a namespace cannot be named %j', async (name) => {
  await expect(make(root, name)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
});

test('AC-2.5 a wrong namespace is told apart from a refused one', async () => {
  await expect(open(service, 'root\\nowhere')).rejects.toMatchObject({
    hresult: 0x8004100e,
    operation: 'open',
  });
});

test('a namespace that is too long to be one is told apart from one that is missing', async () => {
  const long = `root\\${'a'.repeat(0x2000)}`;
  await expect(open(service, long)).rejects.toMatchObject({ code: 'WBEM_E_QUOTA_VIOLATION' });
  await expect(root.openNamespace(long)).rejects.toMatchObject({ code: 'WBEM_E_QUOTA_VIOLATION' });
});
