import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeNamespace } from '../../subscriptions/testing.ts';
import { audit } from '../audit.ts';
import { openFindings } from '../audit-report.ts';
import { machine, type Planted, plant, rulesFor } from '../testing.ts';

let root: FakeNamespace;
let subscription: FakeNamespace;

beforeEach(() => {
  ({ root, subscription } = machine());
});

describe('names of Windows', () => {
  const genuine: Planted = {
    name: 'SCM Event Log Filter',
    query: 'select * from MSFT_SCMEventLogEvent',
    eventAccess: null,
    eventNamespace: 'root\\cimv2',
    binding: { Consumer: 'NTEventLogEventConsumer.Name="SCM Event Log Consumer"' },
  };
  const plantGenuine = (where: FakeNamespace, changes: Planted = {}) => {
    plant(where, { ...genuine, ...changes });
    where.instances.delete('nteventlogeventconsumer.name="scm event log filter"');
    where.plant('NTEventLogEventConsumer', {
      Name: 'SCM Event Log Consumer',
      SourceName: 'Service Control Manager',
      NameOfUserSidProperty: 'sid',
    });
  };

  test('what Windows brings is accepted as known', async () => {
    plantGenuine(subscription);
    const report = await audit(root);
    expect(report.findings.map(({ accepted }) => accepted)).toEqual(['known', 'known']);
    expect(openFindings(report)).toEqual([]);
  });

  test.each<[string, Planted]>([
    ['another query', { query: 'SELECT * FROM Win32_ProcessStartTrace' }],
    ['the rights of the publisher', { binding: { ...genuine.binding, MaintainSecurityContext: true } }],
  ])('its name with %s is a look-alike', async (_, changes) => {
    plantGenuine(subscription, changes);
    expect(await rulesFor(root)).toContain('look-alike');
  });

  test('with a part that somebody else wrote it is a look-alike', async () => {
    plantGenuine(subscription);
    subscription.creator = 'S-1-5-21-1-2-3-1001';
    subscription.plant('__EventFilter', {
      ...{ Name: genuine.name, Query: genuine.query, QueryLanguage: 'WQL', EventNamespace: 'root\\cimv2' },
    });
    const { findings } = await audit(root);
    expect(findings.map(({ rule, accepted }) => [rule, accepted])).toContainEqual(['creators-differ', null]);
  });

  test('its name in another namespace is a look-alike', async () => {
    plantGenuine(root.children.get('default')!);
    expect(await rulesFor(root)).toContain('look-alike');
  });

  test.each(['SCM Event Filter', 'SCM Events Log Filter', 'ЅСМ Event Log Filter', 'scm_event_log_consumer'])(
    '%s is a look-alike',
    async (name) => {
      plant(subscription, { name });
      expect(await rulesFor(root)).toEqual(['look-alike']);
    },
  );

  test.each(['Event Log', 'Acme Event Forwarder', 'Service Filter'])('%s is not', async (name) => {
    plant(subscription, { name });
    expect(await rulesFor(root)).toEqual([]);
  });
});
