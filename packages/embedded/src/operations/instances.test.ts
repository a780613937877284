import { defineClass, type EnumWbemClassObject, instanceOf, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService } from '../service/create-service.ts';
import { all, open } from '../testing.ts';

const door = defineClass({
  name: 'Acme_Door',
  properties: {
    Building: { type: 'string', key: true },
    Number: { type: 'uint64', key: true },
    Open: { type: 'boolean', value: false },
    Tags: 'string[]',
  },
});
const fireDoor = defineClass({ name: 'Acme_FireDoor', superclass: door, properties: { Rating: 'uint8' } });

let services: WbemServices;

beforeEach(async () => {
  services = await open(await createService({ providers: [] }), 'root\\default');
  await services.putClass(door);
  await services.putClass(fireDoor);
});

const put = (number: number, more: Record<string, unknown> = {}) =>
  services.putInstance(instanceOf(door, { Building: 'A "1"', Number: number, ...more }));

test('an instance is found again under the path that putting it gave', async () => {
  const path = await put(7, { Tags: ['x', 'y'] });
  expect(path).toBe(String.raw`Acme_Door.Building="A \"1\"",Number=7`);
  expect(await services.getObject(path)).toMatchObject({
    path,
    properties: { Building: 'A "1"', Number: 7n, Open: false, Tags: ['x', 'y'] },
  });
});

test('keys in another order and case name the same instance', async () => {
  await put(7);
  const found = await services.getObject(String.raw`acme_door.NUMBER=7,building="a \"1\""`);
  expect(found).toMatchObject({ properties: { Number: 7n } });
});

test('createOnly refuses an instance that exists, updateOnly one that does not', async () => {
  const instance = instanceOf(door, { Building: 'B', Number: 1 });
  await expect(services.putInstance(instance, { mode: 'updateOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
  });
  await services.putInstance(instance, { mode: 'createOnly' });
  await expect(services.putInstance(instance, { mode: 'createOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_ALREADY_EXISTS',
  });
});

test('putting again replaces', async () => {
  await put(1, { Open: true });
  await put(1);
  expect(await all(services.createInstanceEnum('Acme_Door'))).toMatchObject([
    { properties: { Open: false } },
  ]);
});

test('a deleted instance is gone, and cannot be deleted twice', async () => {
  const path = await put(1);
  await services.deleteInstance(path);
  await expect(services.getObject(path)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  await expect(services.deleteInstance(path)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
});

test.each([
  ['Acme_Door.Building="A"', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['Acme_Door="A"', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['Acme_Door.Building="A",Number="x"', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['Acme_Door.Building="A",Open=TRUE', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['Acme_Door=@', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['\\\\.\\root\\cimv2:Acme_Door', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['Acme_Door.', 'WBEM_E_INVALID_OBJECT_PATH'],
  ['Acme_Nobody="A"', 'WBEM_E_NOT_FOUND'],
])('the path %s is refused with %s', async (path, code) => {
  await expect(services.getObject(path)).rejects.toMatchObject({ code, name: 'WbemError' });
});

test('an instance without one of its keys is refused', async () => {
  const instance = instanceOf(door, { Building: 'A' });
  await expect(services.putInstance(instance)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_OBJECT' });
});

test('an instance of an unknown or abstract class is refused', async () => {
  const stray = instanceOf(
    defineClass({ name: 'Acme_Stray', properties: { Id: { type: 'string', key: true } } }),
  );
  await expect(services.putInstance(stray)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_CLASS' });
  const consumer = { ...stray, shape: { ...stray.shape, className: '__EventConsumer' }, properties: {} };
  await expect(services.putInstance(consumer)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_OPERATION' });
});

test('enumeration goes down to descendants, unless it is shallow', async () => {
  await put(1);
  await services.putInstance(instanceOf(fireDoor, { Building: 'A', Number: 2, Rating: 60 }));
  const shapes = async (deep: boolean) =>
    (await all(services.createInstanceEnum('acme_door', { deep }))).map(({ shape }) => shape.className);
  expect(await shapes(true)).toEqual(['Acme_Door', 'Acme_FireDoor']);
  expect(await shapes(false)).toEqual(['Acme_Door']);
});

test('a path of the parent class finds an instance of a descendant', async () => {
  await services.putInstance(instanceOf(fireDoor, { Building: 'A', Number: 2, Rating: 60 }));
  const found = await services.getObject('Acme_Door.Building="A",Number=2');
  expect(found).toMatchObject({ shape: { className: 'Acme_FireDoor' }, properties: { Rating: 60 } });
});

async function values(
  rows: Promise<EnumWbemClassObject<never> | AsyncIterable<unknown>>,
): Promise<unknown[]> {
  return (await all(rows as Promise<AsyncIterable<{ properties: unknown }>>)).map(
    ({ properties }) => properties,
  );
}

test('a query selects columns, filters and reaches descendants', async () => {
  await put(1, { Open: true });
  await put(2);
  await services.putInstance(instanceOf(fireDoor, { Building: 'B', Number: 3, Open: true, Rating: 30 }));
  expect(await values(services.execQuery('SELECT Number FROM Acme_Door WHERE Open = TRUE'))).toEqual([
    { Number: 1n },
    { Number: 3n },
  ]);
  expect(
    await values(services.execQuery('SELECT Number FROM Acme_Door WHERE Number = 2 AND Building LIKE "A%"')),
  ).toEqual([{ Number: 2n }]);
});

test('a WHERE that pins all keys finds the one instance, and still tests the rest', async () => {
  await put(1, { Building: 'A' });
  const where = (rest: string) =>
    values(services.execQuery(`SELECT Number FROM Acme_Door WHERE Building = "a" AND Number = 1${rest}`));
  expect(await where('')).toEqual([{ Number: 1n }]);
  expect(await where(' AND Open = TRUE')).toEqual([]);
});

test('system properties of an instance can be asked for', async () => {
  await put(1);
  await services.putInstance(instanceOf(fireDoor, { Building: 'B', Number: 2 }));
  const where = (condition: string) =>
    values(services.execQuery(`SELECT Number FROM Acme_Door WHERE ${condition}`));
  expect(await where('__CLASS = "acme_firedoor"')).toEqual([{ Number: 2n }]);
  expect(await where('__NAMESPACE = "root\\\\default" AND __RELPATH LIKE "%Number=1"')).toEqual([
    { Number: 1n },
  ]);
});

test.each([
  ['SELECT * FROM Acme_Nobody', 'WBEM_E_INVALID_CLASS'],
  ['SELECT Colour FROM Acme_Door', 'WBEM_E_INVALID_QUERY'],
  ['SELECT * FROM Acme_Door WHERE Colour = "red"', 'WBEM_E_INVALID_QUERY'],
  ['SELEKT * FROM Acme_Door', 'WBEM_E_INVALID_QUERY'],
  ['SELECT * FROM __InstanceCreationEvent WITHIN 1', 'WBEM_E_INVALID_QUERY_TYPE'],
  ['SELECT * FROM __InstanceCreationEvent', 'WBEM_E_INVALID_QUERY_TYPE'],
])('the query %s is refused with %s', async (query, code) => {
  await expect(services.execQuery(query)).rejects.toMatchObject({
    code,
    name: 'WbemError',
    operation: 'execQuery',
  });
});
