import { NamespaceRight } from '@wmisec/access';
import { connect } from '@wmisec/auth';
import { defineClass, instanceOf, qualifier, type WbemServices } from '@wmisec/wbem';
import { beforeEach, describe, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { namespaceClass } from '../system-classes/namespace-classes.ts';
import { all, open, person } from '../testing.ts';

const door = defineClass({
  name: 'Acme_Door',
  properties: { Id: { type: 'uint32', key: true }, Open: { type: 'boolean', value: false } },
});
const FILTER = { Query: 'SELECT * FROM __ClassCreationEvent', QueryLanguage: 'WQL' };

let service: EmbeddedService;
let services: WbemServices;

beforeEach(async () => {
  service = await createService({ providers: [] });
  services = await open(service, 'root\\default');
  await services.putClass(door);
});

const doors = (...ids: number[]) => ids.map((Id) => instanceOf(door, { Id }));
const found = async () =>
  (await all(services.createInstanceEnum('Acme_Door'))).map(({ properties }) => properties['Id']).sort();

test('instances that are put together are all there, in one transaction', async () => {
  expect(await services.putInstances!(doors(1, 2))).toEqual(['Acme_Door.Id=1', 'Acme_Door.Id=2']);
  expect(await found()).toEqual([1, 2]);
});

test('one that cannot be written leaves all of them unwritten', async () => {
  await services.putInstance(doors(3)[0]!);
  await expect(services.putInstances!(doors(1, 2, 3), { mode: 'createOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_ALREADY_EXISTS',
    operation: 'putInstances',
  });
  expect(await found()).toEqual([3]);
});

test('one that does not fit its class, or is not in the repository, leaves all of them unwritten', async () => {
  const bad = { ...doors(2)[0]!, properties: { Id: 'x' } };
  await expect(services.putInstances!([...doors(1), bad])).rejects.toMatchObject({
    code: 'WBEM_E_TYPE_MISMATCH',
  });
  const namespace = instanceOf(namespaceClass, { Name: 'sub' });
  await expect(services.putInstances!([...doors(1), namespace])).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_OPERATION',
  });
  expect(await found()).toEqual([]);
  expect(await all(services.createInstanceEnum('__Namespace'))).toEqual([]);
});

test('instances that are deleted together are all gone, or none is', async () => {
  await services.putInstances!(doors(1, 2));
  await expect(services.deleteInstances!(['Acme_Door.Id=1', 'Acme_Door.Id=3'])).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
  });
  expect(await found()).toEqual([1, 2]);
  await services.deleteInstances!(['Acme_Door.Id=1', 'Acme_Door.Id=2']);
  expect(await found()).toEqual([]);
});

test('more than a thousand at once are refused', async () => {
  const many = Array.from({ length: 1001 }, (_, id) => id);
  const refusal = { code: 'WBEM_E_INVALID_PARAMETER' };
  await expect(services.putInstances!(doors(...many))).rejects.toMatchObject(refusal);
  await expect(services.deleteInstances!(many.map((id) => `Acme_Door.Id=${id}`))).rejects.toMatchObject(
    refusal,
  );
});

describe('who may write only some of them', () => {
  const PARTIAL = NamespaceRight.WBEM_ENABLE | NamespaceRight.WBEM_PARTIAL_WRITE_REP;
  const ann = person('ann');
  let hers: WbemServices;

  beforeEach(async () => {
    const sddl = `O:BAG:BAD:(A;;0x${PARTIAL.toString(16)};;;${String(ann.token.user)})`;
    const root = await open(service, 'root');
    await root.putInstance({
      ...instanceOf(namespaceClass, { Name: 'default' }),
      qualifiers: [qualifier('NamespaceSecuritySDDL', sddl)],
    });
    hers = await open(service, 'root\\default', ann);
  });

  test('AC-14.2 writes none when one of them is a filter', async () => {
    const cls = await services.getObject('__EventFilter');
    const filter = instanceOf(cls as typeof door, { ...FILTER, Name: 'f' });
    await expect(hers.putInstances!([...doors(1), filter])).rejects.toMatchObject({
      code: 'WBEM_E_ACCESS_DENIED',
    });
    expect(await found()).toEqual([]);
    await hers.putInstances!(doors(1));
    await services.putInstance(filter);
    await expect(hers.deleteInstances!(['Acme_Door.Id=1', '__EventFilter.Name="f"'])).rejects.toMatchObject({
      code: 'WBEM_E_ACCESS_DENIED',
    });
    expect(await found()).toEqual([1]);
  });
});

test('a proven connection passes both on', async () => {
  await using connection = await connect('root\\default', { transport: service.transport() });
  await connection.services.putInstances!(doors(1));
  expect(await found()).toEqual([1]);
  await connection.services.deleteInstances!(['Acme_Door.Id=1']);
  expect(await found()).toEqual([]);
});
