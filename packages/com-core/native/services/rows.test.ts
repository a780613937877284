import type { CimInstance } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

test('rows come as plain objects of one shape', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 3');
  const { objects, done, status } = await rows.next(10);
  expect({ done, status, count: objects.length }).toEqual({ done: true, status: 0, count: 3 });
  expect(objects[1]).toEqual({
    kind: 'instance',
    shape: {
      className: 'Fixture_Row',
      derivation: [],
      properties: [
        { name: 'Name', type: 8, isArray: false, isKey: true },
        { name: 'Caption', type: 8, isArray: false, isKey: false },
        { name: 'State', type: 8, isArray: false, isKey: false },
        { name: 'ProcessId', type: 19, isArray: false, isKey: false },
        { name: 'Started', type: 11, isArray: false, isKey: false },
      ],
    },
    properties: {
      Name: 'Service00001',
      Caption: 'The service of the fixture, number 00001',
      State: 'Stopped',
      ProcessId: 4000000001,
      Started: false,
    },
    path: 'Fixture_Row.Name="Service00001"',
  });
  expect((objects[2] as CimInstance).shape).toBe((objects[1] as CimInstance).shape);
});

test('rows of several classes each have the properties of their own', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Mixed WHERE Count = 6');
  const { objects } = await rows.next(10);
  const seen = (objects as CimInstance[]).map(({ shape, properties }) => [shape.className, properties.Extra]);
  expect(seen).toEqual(
    Array(3)
      .fill([
        ['Fixture_Row', undefined],
        ['Fixture_SpecialRow', 'more'],
      ])
      .flat(),
  );
  expect((objects[5] as CimInstance).shape.derivation).toEqual(['Fixture_Row']);
});

test('rows of a class that appears late are read as their own', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Mixed WHERE Count = 3000');
  const seen = [];
  for await (const row of rows) seen.push((row as CimInstance).shape.className);
  expect(seen).toEqual(Array(1500).fill(['Fixture_Row', 'Fixture_SpecialRow']).flat());
});

test('enumerators that are read in turns each give their own rows', async () => {
  await using fixture = openFixture();
  const query = 'SELECT * FROM Fixture_Row WHERE Count = 90';
  const all = await Promise.all(Array.from({ length: 5 }, () => fixture.services.execQuery(query)));
  const names = Array.from({ length: 90 }, (_, i) => `Service000${String(i).padStart(2, '0')}`);
  for (let at = 0; at < 90; at += 30)
    for (const rows of all) expect(await namesOf(rows.next(30))).toEqual(names.slice(at, at + 30));
  await Promise.all(all.map((rows) => rows[Symbol.asyncDispose]()));
});

test('batches end with the last row, whatever their size', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 7');
  const sizes = [];
  for (let done = false; !done; ) {
    const batch = await rows.next(3);
    sizes.push(batch.objects.length);
    done = batch.done;
  }
  expect(sizes.reduce((sum, size) => sum + size)).toBe(7);
  expect(sizes.slice(0, 3)).toEqual([3, 3, 1]);
});

test('AC-4.5 an enumeration whose end tells of denied rows gives the others, and the status', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Denied WHERE Count = 2');
  const batch = await rows.next(10);
  expect(batch).toMatchObject({ done: true, status: 0x40009 });
  expect(batch.objects).toHaveLength(2);
  expect(rows.status).toBe(0x40009);
});

test('iteration yields every row once and disposes the enumerator', async () => {
  await using fixture = openFixture();
  const names = new Set();
  for await (const row of await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 700')) {
    names.add((row as CimInstance).properties.Name);
  }
  expect(names.size).toBe(700);
  expect(fixture.com.heldPointers).toBe(1);
});

test('reset begins anew, also behind rows that were fetched ahead', async () => {
  await using fixture = openFixture({ forwardOnly: false });
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 9');
  await rows.next(2);
  await rows.next(2);
  await rows.reset();
  expect(await namesOf(rows.next(9))).toEqual(Array.from({ length: 9 }, (_, i) => `Service0000${i}`));
});

test('skip leaves out rows that were fetched ahead, and rows that were not', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 9');
  await rows.next(1);
  await rows.next(1);
  await rows.skip(5);
  expect(await namesOf(rows.next(9))).toEqual(['Service00007', 'Service00008']);
});

test('skip past the end leaves nothing', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 3');
  await rows.skip(5);
  expect(await rows.next(1)).toMatchObject({ objects: [], done: true });
});

test('a clone goes on from the same place by itself', async () => {
  await using fixture = openFixture({ forwardOnly: false });
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 6');
  await rows.next(2);
  await rows.next(2);
  await using copy = await rows.clone();
  expect(await namesOf(rows.next(9))).toEqual(['Service00004', 'Service00005']);
  expect(await namesOf(copy.next(9))).toEqual(['Service00004', 'Service00005']);
});

test('many queries at once each get their own rows', async () => {
  await using fixture = openFixture();
  const counts = Array.from({ length: 40 }, (_, i) => 1 + ((i * 37) % 200));
  const read = counts.map(async (count) => {
    await using rows = await fixture.services.execQuery(`SELECT * FROM Fixture_Row WHERE Count = ${count}`);
    return (await rows.next(1000)).objects.length;
  });
  expect(await Promise.all(read)).toEqual(counts);
});

test.each([0, -1, 1.5, Number.NaN])('next refuses the count %s', async (count) => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 1');
  await expect(rows.next(count)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
});

async function namesOf(batch: Promise<{ objects: readonly unknown[] }>): Promise<unknown[]> {
  return (await batch).objects.map((row) => (row as CimInstance).properties.Name);
}
