import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

const MEGABYTE = 2 ** 20;

test('a hundred thousand rows leave no object behind, and memory stays flat', async () => {
  await using fixture = openFixture();
  const before = fixture.liveObjects();
  await read(fixture, 20_000);
  const memory = process.memoryUsage().rss;
  const rows = await read(fixture, 100_000);
  expect(rows).toBe(100_000);
  expect(fixture.liveObjects()).toBe(before);
  expect(fixture.com.heldPointers).toBe(1);
  expect(process.memoryUsage().rss - memory).toBeLessThan(64 * MEGABYTE);
});

test('rows that were fetched and never taken are released with the enumerator', async () => {
  await using fixture = openFixture();
  const before = fixture.liveObjects();
  const rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 5000');
  await rows.next(100);
  await rows.next(100);
  await rows[Symbol.asyncDispose]();
  expect(fixture.liveObjects()).toBe(before);
});

test('calls of every kind leave no object behind', async () => {
  await using fixture = openFixture();
  const { services } = fixture;
  const before = fixture.liveObjects();
  for (let i = 0; i < 20; i++) {
    await services.getObject('Fixture_Every');
    await services.execMethod('Fixture_Every', 'Add', { A: 1, B: 2n });
    await services.getObject('none').catch(() => {});
    await (await services.openNamespace('sub'))[Symbol.asyncDispose]();
    await using rows = await services.execQuery('SELECT * FROM Fixture_Every');
    await rows.next(3);
  }
  expect(fixture.liveObjects()).toBe(before);
});

test('with the last proxy COM is given back', async () => {
  const fixture = openFixture();
  const rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row');
  await fixture[Symbol.asyncDispose]();
  expect(fixture.com.closed).toBe(false);
  await rows[Symbol.asyncDispose]();
  expect(fixture.com.closed).toBe(true);
  expect(fixture.com.heldPointers).toBe(0);
});

async function read(fixture: ReturnType<typeof openFixture>, count: number): Promise<number> {
  let rows = 0;
  for await (const _ of await fixture.services.execQuery(`SELECT * FROM Fixture_Row WHERE Count = ${count}`))
    rows++;
  return rows;
}
