import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineClass, instanceOf, qualifier, type WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lmdbRepository } from '../repository/lmdb-repository.ts';
import { namespaceClass, systemSecurityClass } from '../system-classes/namespace-classes.ts';
import { all, open, person } from '../testing.ts';
import { createService } from './create-service.ts';

const door = defineClass({
  name: 'Acme_Door',
  properties: { Id: { type: 'uint64', key: true }, Since: 'datetime' },
});

let directory: string;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'wmisec-service-')), 'store');
});

afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

async function serve(use: (root: WbemServices, acme: () => Promise<WbemServices>) => Promise<void>) {
  await using service = await createService({
    providers: [],
    repository: await lmdbRepository({ directory }),
  });
  await use(await open(service, 'root'), () => open(service, 'root\\Acme'));
}

test('what was put is there when the service starts again', async () => {
  await serve(async (root, acme) => {
    const order = qualifier('NamespaceSecuritySDDL', 'O:BAG:BAD:(A;CI;CC;;;BU)');
    await root.putInstance({ ...instanceOf(namespaceClass, { Name: 'Acme' }), qualifiers: [order] });
    const services = await acme();
    await services.putClass(door);
    await services.putInstance(instanceOf(door, { Id: 1, Since: '20260301100000.000000+060' }));
    await services.putInstance({
      ...instanceOf(systemSecurityClass),
      qualifiers: [qualifier('RequiresEncryption')],
    });
  });
  await serve(async (_root, acme) => {
    const services = await acme();
    expect(await all(services.execQuery('SELECT * FROM Acme_Door WHERE Id = 1'))).toMatchObject([
      { path: 'Acme_Door.Id=1', properties: { Id: 1n, Since: { kind: 'datetime', utcOffset: 60 } } },
    ]);
    expect(await services.getObject('__SystemSecurity=@')).toMatchObject({
      qualifiers: [{ name: 'RequiresEncryption' }],
    });
    const { outParams } = await services.execMethod('__SystemSecurity=@', 'GetSecurityDescriptor');
    expect(outParams['Descriptor']).toMatchObject({
      properties: { DACL: expect.arrayContaining([expect.anything()]) },
    });
    await services.deleteClass('Acme_Door');
  });
  await serve(async (_root, acme) => {
    await expect((await acme()).getObject('Acme_Door')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  });
});

test('a change on disk by one service counts for another at once', async () => {
  await using first = await createService({ providers: [], repository: await lmdbRepository({ directory }) });
  await using second = await createService({
    providers: [],
    repository: await lmdbRepository({ directory }),
  });
  const users = person('ben', { groups: ['S-1-5-32-545'] });
  await expect(open(second, 'root\\default', users)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
  const order = qualifier('NamespaceSecuritySDDL', 'O:BAG:BAD:(A;;CC;;;BU)');
  const root = await open(first, 'root');
  await root.putInstance({ ...instanceOf(namespaceClass, { Name: 'default' }), qualifiers: [order] });
  expect((await open(second, 'root\\default', users)).namespace).toBe('root\\default');
});
