import { type CimClass, defineClass, instanceOf, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService } from '../service/create-service.ts';
import { all, open } from '../testing.ts';

let services: WbemServices;

beforeEach(async () => {
  services = await open(await createService({ providers: [] }), 'root\\default');
});

const door = defineClass({ name: 'Acme_Door', properties: { Id: { type: 'uint32', key: true } } });
const fireDoor = defineClass({ name: 'Acme_FireDoor', superclass: door, properties: { Rating: 'string' } });

test('a class that was put is read back in any case, with what it inherits', async () => {
  await services.putClass(door);
  await services.putClass(defineClass({ name: 'Acme_FireDoor', superclass: 'Acme_Door' }));
  expect(await services.getObject('acme_firedoor')).toMatchObject({
    kind: 'class',
    className: 'Acme_FireDoor',
    derivation: ['Acme_Door'],
    properties: [{ name: 'Id', isKey: true, origin: 'Acme_Door' }],
  });
});

test('createOnly refuses a class that exists, updateOnly one that does not', async () => {
  await expect(services.putClass(door, { mode: 'updateOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
    operation: 'putClass',
  });
  await services.putClass(door, { mode: 'createOnly' });
  await expect(services.putClass(door, { mode: 'createOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_ALREADY_EXISTS',
  });
});

test('a class with children or instances does not change', async () => {
  await services.putClass(door);
  await services.putClass(fireDoor);
  await expect(services.putClass(door)).rejects.toMatchObject({ code: 'WBEM_E_CLASS_HAS_CHILDREN' });
  await services.putInstance(instanceOf(fireDoor, { Id: 1 }));
  await expect(services.putClass(fireDoor)).rejects.toMatchObject({ code: 'WBEM_E_CLASS_HAS_INSTANCES' });
});

test('deleting a class takes its descendants and all their instances along', async () => {
  await services.putClass(door);
  await services.putClass(fireDoor);
  await services.putInstance(instanceOf(fireDoor, { Id: 1 }));
  await services.deleteClass('ACME_DOOR');
  await expect(services.getObject('Acme_FireDoor')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  await services.putClass(door);
  await services.putClass(fireDoor);
  expect(await all(services.createInstanceEnum('Acme_Door'))).toEqual([]);
});

test('AC-14.8 no right puts a class whose name begins or ends with an underscore', async () => {
  const named = (name: string) => services.putClass({ ...door, className: name });
  await expect(named('_X')).rejects.toMatchObject({ hresult: 0x80041016 });
  await expect(named('X_')).rejects.toMatchObject({ hresult: 0x8004100f });
  await expect(named(`X${'a'.repeat(0x1000)}`)).rejects.toMatchObject({ code: 'WBEM_E_QUOTA_VIOLATION' });
});

test('a system class can be derived from, and neither changed nor deleted', async () => {
  const timer = (await services.getObject('__IntervalTimerInstruction')) as CimClass;
  await services.putClass(defineClass({ name: 'Acme_Timer', superclass: timer }));
  await expect(services.putClass(timer)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_OPERATION' });
  await expect(services.deleteClass('__EventFilter')).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_OPERATION',
  });
});

test('a parent has to exist, and no class derives from itself', async () => {
  const orphan = defineClass({ name: 'Acme_Orphan', superclass: 'Acme_Nobody' });
  const circle = defineClass({ name: 'Acme_Circle', superclass: 'Acme_Circle' });
  for (const cls of [orphan, circle])
    await expect(services.putClass(cls)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_SUPERCLASS' });
});

test('classes are enumerated from the root or below one, in depth or one level', async () => {
  await services.putClass(door);
  await services.putClass(fireDoor);
  await services.putClass(defineClass({ name: 'Acme_SteelDoor', superclass: fireDoor }));
  const names = async (...args: Parameters<typeof services.createClassEnum>) =>
    (await all(services.createClassEnum(...args))).map(({ className }) => className);
  expect(await names('Acme_Door')).toEqual(['Acme_FireDoor', 'Acme_SteelDoor']);
  expect(await names('Acme_Door', { deep: false })).toEqual(['Acme_FireDoor']);
  expect(await names(null, { deep: false })).toEqual(expect.arrayContaining(['Acme_Door', '__SystemClass']));
  expect(await names(null, { deep: false })).not.toContain('Acme_FireDoor');
  await expect(names('Acme_Nobody')).rejects.toMatchObject({ code: 'WBEM_E_INVALID_CLASS' });
});

test('a meta query gives classes', async () => {
  await services.putClass(door);
  await services.putClass(fireDoor);
  const query = 'SELECT * FROM meta_class WHERE __this ISA "Acme_Door"';
  const found = (await all(services.execQuery(query))) as CimClass[];
  expect(found.map(({ className }) => className)).toEqual(['Acme_Door', 'Acme_FireDoor']);
});
