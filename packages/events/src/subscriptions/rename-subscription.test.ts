import { expect, test } from 'vitest';
import { getSubscription } from './get-subscription.ts';
import { installSubscription } from './install-subscription.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { removeSubscription } from './remove-subscription.ts';
import { renameSubscription } from './rename-subscription.ts';
import { FakeNamespace } from './testing.ts';

const ACCESS = 'O:BAG:BAD:(A;;LO;;;BA)';

async function withDoors(together: boolean): Promise<FakeNamespace> {
  const fake = new FakeNamespace({ together });
  await installSubscription(fake, {
    name: 'doors',
    query: 'SELECT * FROM Acme_Alarm',
    eventAccess: ACCESS,
    consumer: { kind: 'logFile', filename: 'C:\\doors.log', text: 'x', maximumFileSize: 7n },
    slowDownProviders: true,
  });
  fake.log.length = 0;
  return fake;
}

test.each([true, false])('a subscription under another name is the same (together: %s)', async (together) => {
  const fake = await withDoors(together);
  expect(await renameSubscription(fake, 'Doors', 'gates')).toMatchObject({
    name: 'gates',
    filter: { query: 'SELECT * FROM Acme_Alarm', eventAccess: ACCESS },
    consumer: { properties: { Text: 'x', MaximumFileSize: 7n } },
    binding: { properties: { SlowDownProviders: true } },
  });
  expect((await listSubscriptions(fake)).map(({ name, missing }) => [name, missing])).toEqual([
    ['gates', []],
  ]);
  expect(fake.paths).toHaveLength(3);
});

test('rules 5.10, AC-5.12: the write that installs the new one closes the old filter', async () => {
  const fake = await withDoors(true);
  let closedMeanwhile: unknown;
  fake.beforeWrite = (call) => {
    if (call.startsWith('deleteInstances'))
      closedMeanwhile = fake.instances.get('__eventfilter.name="doors"')?.properties['EventAccess'];
  };
  await renameSubscription(fake, 'doors', 'gates');
  expect(closedMeanwhile).toBe('O:BAG:BAD:');
  expect(fake.log.map((call) => call.split(' ')[0])).toEqual(['putInstances', 'deleteInstances']);
});

test.each([true, false])(
  'a rename that ended before the old one went is completed (together: %s)',
  async (together) => {
    const fake = await withDoors(together);
    fake.beforeWrite = (call) => {
      if (call.startsWith('delete')) throw new Error('the power went');
    };
    await expect(renameSubscription(fake, 'doors', 'gates')).rejects.toThrow('the power went');
    expect(await listSubscriptions(fake)).toHaveLength(2);
    fake.beforeWrite = () => {};
    expect(await renameSubscription(fake, 'doors', 'gates')).toMatchObject({
      filter: { eventAccess: ACCESS },
    });
    expect(await listSubscriptions(fake)).toHaveLength(1);
  },
);

test('a new one that is not in force leaves the old one as it was', async () => {
  const fake = await withDoors(true);
  const store = fake.services.putInstances!;
  fake.services.putInstances = async (objects, options) => {
    const paths = await store(objects, options);
    const path = '__eventfilter.name="gates"';
    const filter = fake.instances.get(path)!;
    fake.instances.set(path, { ...filter, properties: { ...filter.properties, Query: 'other' } });
    return paths;
  };
  await expect(renameSubscription(fake, 'doors', 'gates')).rejects.toMatchObject({
    code: 'SUBSCRIPTION_NOT_IN_FORCE',
  });
  expect(await listSubscriptions(fake)).toMatchObject([{ name: 'doors', filter: { eventAccess: ACCESS } }]);
});

test('a name that is taken stays what it is', async () => {
  const fake = await withDoors(false);
  fake.plant('__EventFilter', { Name: 'gates', Query: 'SELECT * FROM Other', QueryLanguage: 'WQL' });
  await expect(renameSubscription(fake, 'doors', 'gates')).rejects.toMatchObject({
    code: 'SUBSCRIPTION_EXISTS',
  });
  expect(fake.log).toEqual([]);
});

test('parts that serve others too are not renamed, and only the own ones are removed', async () => {
  const fake = await withDoors(false);
  fake.plant('__EventFilter', { Name: 'other', Query: 'SELECT * FROM Other', QueryLanguage: 'WQL' });
  fake.plant('__FilterToConsumerBinding', {
    Filter: '\\\\.\\ROOT\\subscription:__EventFilter.Name="other"',
    Consumer: '\\\\HOST\\root\\subscription:LogFileEventConsumer.Name="doors"',
  });
  await expect(renameSubscription(fake, 'doors', 'gates')).rejects.toMatchObject({
    code: 'SUBSCRIPTION_SHARED',
  });
  const removed = await removeSubscription(fake, 'doors');
  expect(removed).toHaveLength(2);
  expect(await getSubscription(fake, 'other')).toMatchObject({ missing: [], consumer: { name: 'doors' } });
});

test('orphans and bindings to what is missing are listed with what they lack', async () => {
  const fake = new FakeNamespace();
  fake.plant('__EventFilter', { Name: 'a', Query: 'x', QueryLanguage: 'WQL' });
  fake.plant('Acme_Pager', { Name: 'b' });
  fake.plant('__FilterToConsumerBinding', { Filter: '__EventFilter="c"', Consumer: 'Acme_Pager="b"' });
  fake.plant('__FilterToConsumerBinding', { Filter: 'no path', Consumer: 'nor this' });
  expect((await listSubscriptions(fake)).map(({ name, missing }) => [name, missing])).toEqual([
    [expect.stringContaining('__FilterToConsumerBinding'), ['filter', 'consumer']],
    ['a', ['consumer', 'binding']],
    ['c', ['filter']],
  ]);
  expect(await removeSubscription(fake, 'A')).toEqual(['__EventFilter.Name="a"']);
});

test('what is not there cannot be removed, renamed or read', async () => {
  const fake = new FakeNamespace();
  const missing = { code: 'WBEM_E_NOT_FOUND' };
  await expect(removeSubscription(fake, 'x')).rejects.toMatchObject(missing);
  await expect(renameSubscription(fake, 'x', 'y')).rejects.toMatchObject(missing);
  await expect(getSubscription(fake, 'x')).rejects.toMatchObject(missing);
});
