import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

test('rows come as plain objects of one shape', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 3');
  const { objects, done, status } = await rows.next(10);
  expect({ done, status, count: objects.length }).toEqual({ done: true, status: 0, count: 3 });
  expect(objects[1]).toMatchObject({
    kind: 'instance',
    path: 'Fixture_Row.Name="Service00001"',
    properties: { Name: 'Service00001', State: 'Stopped', ProcessId: 4000000001, Started: false },
  });
});
