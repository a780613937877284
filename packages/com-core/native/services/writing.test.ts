import { type CimClass, type CimInstance, defineClass, instanceOf, qualifier } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { Description: 'A door', dynamic: true },
  properties: {
    Id: { type: 'uint32', key: true },
    Tags: { type: 'string[]', value: ['a', 'b'] },
    Opened: { type: 'datetime', qualifiers: { read: true } },
  },
  methods: {
    Lock: { in: { Code: 'string', Times: 'uint64[]' }, out: { Left: 'sint16' }, returns: 'uint32' },
  },
});

test('a class is put and read back with its properties, qualifiers, flavors and methods', async () => {
  await using fixture = openFixture();
  await fixture.services.putClass(door);
  const read = (await fixture.services.getObject('Acme_Door')) as CimClass;
  expect(read).toMatchObject({ kind: 'class', className: 'Acme_Door', superclass: null, derivation: [] });
  expect(read.qualifiers).toEqual(door.qualifiers);
  expect(read.properties).toEqual(door.properties);
  expect(read.methods[0]).toMatchObject({ name: 'Lock', returnType: 19, origin: 'Acme_Door' });
  expect(read.methods[0]!.inParams.map(({ name, type, isArray, id }) => [name, type, isArray, id])).toEqual([
    ['Code', 8, false, 0],
    ['Times', 21, true, 1],
  ]);
  expect(read.methods[0]!.outParams.map(({ name, id }) => [name, id])).toEqual([['Left', 2]]);
});

test('a class of Windows is read with its superclasses, method qualifiers and amended flavors', async () => {
  await using fixture = openFixture();
  const every = (await fixture.services.getObject('Fixture_Every', { amended: true })) as CimClass;
  expect(every).toMatchObject({ superclass: 'Fixture_Base', derivation: ['Fixture_Base', 'Fixture_Root'] });
  expect(every.qualifiers).toMatchObject([
    {
      name: 'Description',
      flavor: { amended: true, toSubclass: true, toInstance: false, overridable: true },
    },
    { name: 'Numbers', type: 3, isArray: true, value: [1, 2] },
  ]);
  const [add, nothing] = every.methods;
  expect(add).toMatchObject({ name: 'Add', returnType: 19, qualifiers: [{ name: 'Static', value: true }] });
  expect(nothing).toMatchObject({ inParams: [], outParams: [], returnType: null, origin: 'Fixture_Base' });
  expect(fixture.takeLog().join()).toContain('GetObject Fixture_Every flags 0x20010');
});

test('a derived class keeps what it inherits', async () => {
  await using fixture = openFixture();
  await fixture.services.putClass(door);
  await fixture.services.putClass(
    defineClass({ name: 'Acme_Gate', superclass: door, properties: { Wide: 'boolean' } }),
  );
  const gate = (await fixture.services.getObject('Acme_Gate')) as CimClass;
  expect(gate).toMatchObject({ superclass: 'Acme_Door', derivation: ['Acme_Door'] });
  expect(gate.properties.map((p) => p.name)).toEqual(['Id', 'Tags', 'Opened', 'Wide']);
});

test('putInstance gives the path of what it stored, with the mode as a flag', async () => {
  await using fixture = openFixture();
  await fixture.services.putClass(door);
  const instance = instanceOf(door, { Id: 4000000000, Tags: null });
  fixture.takeLog();
  expect(await fixture.services.putInstance(instance, { mode: 'createOnly' })).toMatch(/^Acme_Door\.Id=/);
  expect(fixture.takeLog().at(-1)).toMatch(/^PutInstance Acme_Door\.Id=.* flags 0x12$/);
  await expect(fixture.services.putInstance(instance, { mode: 'createOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_ALREADY_EXISTS',
  });
});

test('updateOnly refuses what does not exist', async () => {
  await using fixture = openFixture();
  await expect(fixture.services.putClass(door, { mode: 'updateOnly' })).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
    operation: 'putClass',
  });
});

test('qualifiers of an instance are put on it', async () => {
  await using fixture = openFixture();
  await fixture.services.putClass(door);
  const instance: CimInstance = {
    ...instanceOf(door, { Id: 7 }),
    qualifiers: [qualifier('RequiresEncryption', true)],
  };
  await fixture.services.putInstance(instance);
  expect(fixture.takeLog().at(-1)).toContain('[RequiresEncryption=true]');
});

test('instances and classes are deleted, and deleting them again fails', async () => {
  await using fixture = openFixture();
  const { services } = fixture;
  await services.putClass(door);
  const path = await services.putInstance(instanceOf(door, { Id: 1 }));
  await services.deleteInstance(path);
  await expect(services.deleteInstance(path)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  await services.deleteClass('Acme_Door');
  await expect(services.deleteClass('Acme_Door')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
});

test.each([true, false])('a method takes and gives parameters (semisynchronous: %s)', async (form) => {
  await using fixture = openFixture({ semisynchronous: form });
  const parameters = { A: 4294967295, B: 9007199254740993n };
  const result = await fixture.services.execMethod('Fixture_Every', 'Add', parameters);
  expect(result).toEqual({ returnValue: 4294967294, outParams: { Sum: 9007203549708288n } });
});

test('a method without parameters gives nothing', async () => {
  await using fixture = openFixture();
  expect(await fixture.services.execMethod('Fixture_Every', 'Nothing')).toEqual({
    returnValue: null,
    outParams: {},
  });
});

test.each([
  ['an unknown method', 'None', {}, 'WBEM_E_INVALID_METHOD'],
  ['an unknown parameter', 'Add', { C: 1 }, 'WBEM_E_INVALID_METHOD_PARAMETERS'],
  ['parameters where there are none', 'Nothing', { C: 1 }, 'WBEM_E_INVALID_METHOD_PARAMETERS'],
  ['a value of another type', 'Add', { A: 'x' }, 'WBEM_E_TYPE_MISMATCH'],
])('%s is refused', async (_, method, parameters, code) => {
  await using fixture = openFixture();
  await expect(fixture.services.execMethod('Fixture_Every', method, parameters)).rejects.toMatchObject({
    code,
  });
});

test('the values of a context reach the service', async () => {
  await using fixture = openFixture();
  fixture.takeLog();
  const context = { Architecture: 64, Required: true, Name: 'x', Big: 2n ** 40n };
  await (await fixture.services.execQuery('SELECT * FROM Fixture_Row', { context }))[Symbol.asyncDispose]();
  const [line] = fixture.takeLog();
  for (const part of ['Architecture=64', 'Required=true', "Name='x'", "Big='1099511627776'"])
    expect(line).toContain(part);
});

test('classes are enumerated as classes, and depth is a flag', async () => {
  await using fixture = openFixture();
  fixture.takeLog();
  await using classes = await fixture.services.createClassEnum(null, { deep: false });
  const { objects } = await classes.next(5);
  expect(objects.map((c) => [c.kind, c.className])).toEqual([['class', 'Fixture_Every']]);
  await using instances = await fixture.services.createInstanceEnum('Fixture_Row');
  expect((await instances.next(5)).objects).toHaveLength(3);
  expect(fixture.takeLog()).toEqual([
    'CreateClassEnum  flags 0x31',
    'CreateInstanceEnum Fixture_Row flags 0x30',
  ]);
});

test('openNamespace gives the services of another namespace', async () => {
  await using fixture = openFixture();
  await using inner = await fixture.services.openNamespace('sub');
  expect(inner.namespace).toBe('root\\fixture\\sub');
  expect(await inner.getObject('Fixture_Row')).toMatchObject({ kind: 'class' });
});
