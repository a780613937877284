import { NULL_ACL, parseSddl } from '@wmisec/access';
import { WbemError, WbemStatus } from '@wmisec/wbem';
import { describe, expect, it, test } from 'vitest';
import { getSubscription } from './get-subscription.ts';
import { installSubscription } from './install-subscription.ts';
import { removeSubscription } from './remove-subscription.ts';
import { DeliveryQoS, type SubscriptionSpec } from './subscription-spec.ts';
import { FakeNamespace } from './testing.ts';

const ADMINISTRATORS_ONLY = 'O:BAG:BAD:(A;;LO;;;BA)';

const doors: SubscriptionSpec = {
  name: 'Acme doors',
  query: 'SELECT * FROM Acme_Alarm',
  eventNamespace: 'root\\acme',
  eventAccess: ADMINISTRATORS_ONLY,
  consumer: { kind: 'logFile', filename: 'C:\\Logs\\doors.log', text: 'door %Door%' },
};

const FILTER = '__EventFilter.Name="Acme doors"';
const CONSUMER = 'LogFileEventConsumer.Name="Acme doors"';
const BINDING =
  '__FilterToConsumerBinding.Consumer="LogFileEventConsumer.Name=\\"Acme doors\\"",Filter="__EventFilter.Name=\\"Acme doors\\""';
const ALL = [CONSUMER, FILTER, BINDING].sort();

const failing = (at: string) => (call: string) => {
  if (call.includes(at)) throw new WbemError(WbemStatus.WBEM_E_FAILED);
};

test('filter, consumer and binding are one object under one name, with the creator that the service set', async () => {
  const fake = new FakeNamespace();
  const installed = await installSubscription(fake, {
    ...doors,
    deliveryQoS: DeliveryQoS.Express,
    maintainSecurityContext: true,
  });
  expect(installed).toMatchObject({
    name: 'Acme doors',
    namespace: 'root\\subscription',
    missing: [],
    filter: {
      query: 'SELECT * FROM Acme_Alarm',
      eventNamespace: 'root\\acme',
      eventAccess: ADMINISTRATORS_ONLY,
      creator: 'S-1-5-32-544',
    },
    consumer: { kind: 'logFile', creator: 'S-1-5-32-544', properties: { Text: 'door %Door%' } },
    binding: { properties: { DeliveryQoS: 1, MaintainSecurityContext: true } },
  });
  expect(fake.paths).toEqual(ALL);
});

test('a transport that can writes all three in one call', async () => {
  const fake = new FakeNamespace({ together: true });
  await installSubscription(fake, doors);
  expect(fake.log).toEqual([`putInstances ${CONSUMER} + ${FILTER} + ${BINDING}`]);
});

test('elsewhere the binding, without which nothing is delivered, comes last', async () => {
  const fake = new FakeNamespace();
  await installSubscription(fake, doors);
  expect(fake.log).toEqual([`putInstance ${CONSUMER}`, `putInstance ${FILTER}`, `putInstance ${BINDING}`]);
});

test.each([CONSUMER, FILTER, BINDING])('a failure at %s leaves nothing behind', async (path) => {
  const fake = new FakeNamespace();
  fake.beforeWrite = failing(`putInstance ${path}`);
  await expect(installSubscription(fake, doors)).rejects.toMatchObject({ code: 'WBEM_E_FAILED' });
  expect(fake.paths).toEqual([]);
});

test('a failure that cannot be taken back says so, and the name leads to what is left', async () => {
  const fake = new FakeNamespace();
  fake.beforeWrite = (call) => {
    failing(`putInstance ${BINDING}`)(call);
    failing('deleteInstance')(call);
  };
  await expect(installSubscription(fake, doors)).rejects.toMatchObject({
    code: 'SUBSCRIPTION_INCOMPLETE',
    cause: { code: 'WBEM_E_FAILED' },
  });
  fake.beforeWrite = () => {};
  expect(await getSubscription(fake, 'ACME DOORS')).toMatchObject({ missing: ['binding'] });
  expect(await removeSubscription(fake, 'Acme doors')).toEqual([FILTER, CONSUMER]);
  expect(fake.paths).toEqual([]);
});

test.each([1, 2])('an install that ended after %i writes is completed by the next one', async (writes) => {
  const fake = new FakeNamespace();
  await installSubscription(fake, doors);
  for (const path of [BINDING, FILTER].slice(0, 3 - writes)) await fake.services.deleteInstance(path);
  expect(await installSubscription(fake, doors)).toMatchObject({ missing: [] });
  expect(fake.paths).toEqual(ALL);
});

test('what is installed already is not written again', async () => {
  const fake = new FakeNamespace({ together: true });
  await installSubscription(fake, doors);
  await installSubscription(fake, doors);
  expect(fake.log).toHaveLength(1);
});

test.each([
  ['another query', { query: 'SELECT * FROM Acme_Other' }, 'Query'],
  ['another text', { consumer: { kind: 'logFile', filename: 'C:\\x', text: 'y' } }, 'Filename and Text'],
  ['another consumer', { consumer: { kind: 'custom', className: 'Acme_Pager' } }, 'LogFileEventConsumer'],
] as const)('a name that is taken by %s is never overwritten', async (_, changes, words) => {
  const fake = new FakeNamespace();
  await installSubscription(fake, doors);
  await expect(installSubscription(fake, { ...doors, ...changes })).rejects.toMatchObject({
    code: 'SUBSCRIPTION_EXISTS',
    message: expect.stringContaining(words),
  });
  expect(fake.log).toHaveLength(3);
});

test('rules 5.7: creators that differ deliver nothing, so the install is taken back', async () => {
  const fake = new FakeNamespace();
  fake.beforeWrite = (call) => {
    fake.creator = call.includes(`putInstance ${CONSUMER}`) ? 'S-1-5-21-1-2-3-1001' : 'S-1-5-32-544';
  };
  await expect(installSubscription(fake, doors)).rejects.toMatchObject({
    code: 'SUBSCRIPTION_NOT_IN_FORCE',
    message: expect.stringContaining('consumer by S-1-5-21-1-2-3-1001'),
  });
  expect(fake.paths).toEqual([]);
});

test('AC-5.7 what the client would say of its creator is never written', async () => {
  const fake = new FakeNamespace();
  fake.creator = 'S-1-5-21-1-2-3-1001';
  expect((await installSubscription(fake, doors)).filter?.creator).toBe('S-1-5-21-1-2-3-1001');
});

test("a class of one's own is a consumer as any, under its only key", async () => {
  const fake = new FakeNamespace();
  const consumer = { kind: 'custom', className: 'Acme_Pager', properties: { Number: '7' } } as const;
  expect(await installSubscription(fake, { ...doors, consumer })).toMatchObject({
    consumer: { kind: 'custom', className: 'Acme_Pager', name: 'Acme doors', properties: { Number: '7' } },
  });
});

test('a class that derives from a standard one keeps its rules', async () => {
  const fake = new FakeNamespace();
  const consumer = { kind: 'custom', className: 'Acme_Command' } as const;
  await expect(installSubscription(fake, { ...doors, consumer })).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_PARAMETER',
    message: expect.stringContaining("the kind 'commandLine'"),
  });
  expect(fake.log).toEqual([]);
});

test('a binding of that name to parts of another namespace is another subscription', async () => {
  const fake = new FakeNamespace();
  await installSubscription(fake, doors);
  fake.instances.delete(BINDING.toLowerCase());
  fake.plant('__FilterToConsumerBinding', {
    Filter: '\\\\.\\root\\default:__EventFilter.Name="Acme doors"',
    Consumer: 'LogFileEventConsumer.Name="Acme doors"',
  });
  expect(await installSubscription(fake, doors)).toMatchObject({ missing: [] });
  expect(fake.paths).toContain(BINDING);
});

describe('eventAccess', () => {
  const installWith = (eventAccess: unknown) =>
    installSubscription(new FakeNamespace(), {
      ...doors,
      eventAccess: eventAccess as SubscriptionSpec['eventAccess'],
    });

  it('lets everybody raise the events only by that name', async () => {
    expect((await installWith('everyone')).filter?.eventAccess).toBeNull();
  });

  it('takes a descriptor as data', async () => {
    expect((await installWith(parseSddl(ADMINISTRATORS_ONLY))).filter?.eventAccess).toBe(ADMINISTRATORS_ONLY);
  });

  it.each([
    ['none', undefined, 'UNSAFE_SUBSCRIPTION'],
    ['an empty one', '', 'UNSAFE_SUBSCRIPTION'],
    ['Everyone', 'O:BAG:BAD:(A;;LO;;;WD)', 'UNSAFE_SUBSCRIPTION'],
    ['authenticated users', 'O:BAG:BAD:(A;;LO;;;AU)', 'UNSAFE_SUBSCRIPTION'],
    ['everything for everyone', 'O:BAG:BAD:(A;;GA;;;WD)', 'UNSAFE_SUBSCRIPTION'],
    ['no DACL', 'O:BAG:BA', 'UNSAFE_SUBSCRIPTION'],
    ['a null DACL', { ...parseSddl('O:BAG:BA'), dacl: NULL_ACL }, 'UNSAFE_SUBSCRIPTION'],
    ['no owner', 'G:BAD:(A;;LO;;;BA)', 'WBEM_E_INVALID_PARAMETER'],
    ['nobody', 'O:BAG:BAD:', 'WBEM_E_INVALID_PARAMETER'],
    ['the right to subscribe instead', 'O:BAG:BAD:(A;;0x40;;;BA)', 'WBEM_E_INVALID_PARAMETER'],
    ['no descriptor', 'Administrators', 'INVALID_SDDL'],
  ])('is refused for %s', async (_, eventAccess, code) => {
    await expect(installWith(eventAccess)).rejects.toMatchObject({ code });
  });
});
