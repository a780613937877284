import { type CimInstance, type CimObject, parseDateTime } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

const least = {
  Sint8: -128,
  Uint8: 0,
  Sint16: -32768,
  Uint16: 0,
  Sint32: -2147483648,
  Uint32: 0,
  Sint64: -9223372036854775808n,
  Uint64: 0n,
  Real32: -1.5,
  Real64: -2.5e-300,
  Boolean: false,
  String: '',
  Char16: 'A',
  DateTime: parseDateTime('20260102030405.678901+060'),
  Reference: 'Fixture_Row.Name="a"',
};

const greatest = {
  Sint8: 127,
  Uint8: 255,
  Sint16: 32767,
  Uint16: 65535,
  Sint32: 2147483647,
  Uint32: 4294967295,
  Sint64: 9223372036854775807n,
  Uint64: 18446744073709551615n,
  Real32: 3.25,
  Real64: 1.7e308,
  Boolean: true,
  String: 'Grüße \u{1F600}',
  Char16: '\uffe9',
  DateTime: parseDateTime('00000012030405.678901:000'),
  Reference: 'Fixture_Row.Name="b"',
};

const types = Object.keys(least) as (keyof typeof least)[];
const inner = { Text: 'inside', Big: 18446744073709551615n };

async function readEvery(): Promise<CimInstance[]> {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Every');
  return (await rows.next(3)).objects as CimInstance[];
}

test('the least and the greatest value of every CIM type are read', async () => {
  const [first, second] = await readEvery();
  expect(first!.properties).toMatchObject(least);
  expect(second!.properties).toMatchObject(greatest);
});

test('arrays of every CIM type are read, empty ones too', async () => {
  const [first, second] = await readEvery();
  for (const type of types) {
    expect(first!.properties[`${type}s`], type).toEqual([]);
    expect(second!.properties[`${type}s`], type).toEqual([least[type], greatest[type]]);
  }
});

test('null is null in every CIM type and array', async () => {
  const [, , none] = await readEvery();
  for (const type of [...types, 'Object']) {
    expect(none!.properties[type], type).toBeNull();
    expect(none!.properties[`${type}s`], `${type}s`).toBeNull();
  }
});

test('embedded objects are read, alone and in arrays', async () => {
  const [first, second] = await readEvery();
  const object = { kind: 'instance', shape: { className: 'Fixture_Inner' }, properties: inner };
  expect(first!.properties.Object).toMatchObject(object);
  expect(second!.properties.Objects).toMatchObject([object, object]);
});

test('every CIM type and array is written, and comes back as it was', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Every');
  const written = (await rows.next(3)).objects.slice(0, 2) as CimInstance[];
  for (const instance of written) {
    const plain = withoutObjects(instance);
    const path = await fixture.services.putInstance(plain);
    const read = (await fixture.services.getObject(path)) as CimInstance;
    expect(withoutObjects(read).properties).toEqual(plain.properties);
  }
});

test('a value that its property cannot hold is refused before anything is sent', async () => {
  await using fixture = openFixture();
  const [row] = await readEvery();
  const wrong = { ...row!, properties: { Id: 'wrong', Uint8: 256 } };
  fixture.takeLog();
  await expect(fixture.services.putInstance(wrong)).rejects.toMatchObject({
    code: 'WBEM_E_VALUE_OUT_OF_RANGE',
  });
  expect(fixture.takeLog().filter((line) => line.startsWith('Put'))).toEqual([]);
});

/** The class of the embedded objects is none that the fixture hands out. */
function withoutObjects(instance: CimInstance): CimInstance & CimObject {
  const { Object: _object, Objects: _objects, ...properties } = instance.properties;
  return { ...instance, properties };
}
