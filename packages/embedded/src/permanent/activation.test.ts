import {
  type CimInstance,
  defineClass,
  type Provider,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm, ManualTimers } from '../events/testing.ts';
import { lmdbRepository } from '../repository/lmdb-repository.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../repository/testing.ts';
import type { EmbeddedService } from '../service/create-service.ts';
import { extrinsicEventClass } from '../system-classes/event-classes.ts';
import { all, open } from '../testing.ts';
import { install, made, pagingService, settled } from './testing.ts';

const sensor = defineClass({
  name: 'Acme_Sensor',
  qualifiers: { dynamic: true, provider: 'Sensors' },
  properties: { Id: { type: 'uint32', key: true }, Value: 'uint32' },
});
const later = defineClass({ name: 'Acme_Later', superclass: extrinsicEventClass });

let service: EmbeddedService;
let timers: ManualTimers;
let paged: CimInstance[];
let values: number[] | null;

const sensors: Provider = {
  name: 'Sensors',
  classes: [sensor],
  *enumerate() {
    if (values === null) throw new WbemError(WbemStatus.WBEM_E_TRANSPORT_FAILURE, 'no line');
    yield values.map((Value, Id) => ({ Id, Value }));
  },
};

beforeEach(async () => {
  paged = [];
  values = [1];
  timers = new ManualTimers();
  service = await pagingService((event) => void paged.push(event), {
    timers,
    providers: [{ name: 'Alarms', classes: [alarm] }, sensors],
  });
});

afterEach(() => service[Symbol.asyncDispose]());

const log = async () =>
  (await all((await open(service, 'root\\cimv2')).createInstanceEnum('Win32_NTLogEvent'))).map(
    ({ properties }) => properties,
  );
const active = () => service.subscriptionCounts().filters;

describe('a filter that cannot be activated', () => {
  const later10 = { Query: 'SELECT * FROM Acme_Later', EventNamespace: null };

  test('rules 5.7 is logged with the event ID 10, an error of WinMgmt, once', async () => {
    const services = await install(service, { filter: later10 });
    await services.putInstance(await made(services, 'Acme_Pager', { Name: 'other' }));
    await timers.advance(60_000);
    await settled();
    expect(await log()).toMatchObject([
      {
        SourceName: 'WinMgmt',
        EventCode: 10,
        EventIdentifier: 0xc000000a,
        Type: 'Error',
        Message: expect.stringContaining('SELECT * FROM Acme_Later'),
      },
    ]);
    expect((await log())[0]!['Message']).toContain('0x80041010');
  });

  test('is active as soon as its class is there', async () => {
    const services = await install(service, { filter: later10 });
    expect(active()).toBe(0);
    await services.putClass(later);
    expect(active()).toBe(1);
    service.raise('Acme_Later', {}, { namespace: 'root\\subscription' });
    await settled();
    expect(paged).toHaveLength(1);
  });

  test('is tried again every minute', async () => {
    values = null;
    const Query = 'SELECT * FROM __InstanceModificationEvent WITHIN 1 WHERE TargetInstance ISA "Acme_Sensor"';
    await install(service, { filter: { Query } });
    await settled();
    expect(active()).toBe(0);
    expect((await log())[0]!['Message']).toContain('no line');
    values = [1];
    await timers.advance(60_000);
    await settled();
    expect(active()).toBe(1);
    values = [2];
    await timers.advance(1000);
    await settled();
    expect(paged).toMatchObject([{ properties: { TargetInstance: { properties: { Value: 2 } } } }]);
  });

  test('comes back after its provider failed while it was active', async () => {
    const Query = 'SELECT * FROM __InstanceModificationEvent WITHIN 1 WHERE TargetInstance ISA "Acme_Sensor"';
    await install(service, { filter: { Query } });
    await settled();
    values = null;
    await timers.advance(1000);
    await settled();
    expect(active()).toBe(0);
    values = [1];
    await timers.advance(60_000);
    await settled();
    expect(active()).toBe(1);
  });
});

describe('what is written takes effect at once', () => {
  const raise = (Door: number) => service.raise('Acme_Alarm', { Door });
  const doors = async () => {
    await settled();
    return paged.map(({ properties }) => properties['Door']);
  };

  test('another query', async () => {
    const services = await install(service);
    const filter = (await services.getObject('__EventFilter.Name="f"')) as CimInstance;
    const Query = 'SELECT * FROM Acme_Alarm WHERE Door = 2';
    await services.putInstance({ ...filter, properties: { ...filter.properties, Query } });
    raise(1);
    raise(2);
    expect(await doors()).toEqual([2]);
    expect(active()).toBe(1);
  });

  test.each([
    '__EventFilter.Name="f"',
    'Acme_Pager.Name="c"',
    '__FilterToConsumerBinding.Consumer="Acme_Pager.Name=\\"c\\"",Filter="__EventFilter.Name=\\"f\\""',
  ])('the end of %s', async (path) => {
    const services = await install(service);
    await services.deleteInstance(path);
    raise(1);
    expect(await doors()).toEqual([]);
    expect(active()).toBe(0);
  });

  test('the end of all three together', async () => {
    const services = await install(service);
    await services.deleteInstances!([
      '__EventFilter.Name="f"',
      'Acme_Pager.Name="c"',
      '__FilterToConsumerBinding.Consumer="Acme_Pager.Name=\\"c\\"",Filter="__EventFilter.Name=\\"f\\""',
    ]);
    expect(active()).toBe(0);
  });

  test('in whichever order the parts come', async () => {
    const services = await open(service, 'root\\subscription');
    await services.putInstance(
      await made(services, '__FilterToConsumerBinding', {
        Filter: '\\\\.\\root\\subscription:__EventFilter.Name="F"',
        Consumer: 'acme_pager="C"',
      }),
    );
    await install(service);
    raise(1);
    expect(await doors()).toEqual([1, 1]);
  });

  test('the parts of another namespace do not go together with these', async () => {
    const services = await install(service);
    await services.deleteInstance('__EventFilter.Name="f"');
    const elsewhere = await open(service, 'root\\default');
    await elsewhere.putInstance(
      await made(elsewhere, '__EventFilter', {
        ...{ Name: 'f', Query: 'SELECT * FROM Acme_Alarm', QueryLanguage: 'WQL' },
        EventNamespace: 'root\\cimv2',
      }),
    );
    raise(1);
    expect(await doors()).toEqual([]);
  });

  test.each(['root\\cimv2', '\\root\\cimv2', '\\\\.\\root\\cimv2', '//./root/cimv2', 'ROOT\\CIMV2'])(
    'rules 9.15 events of the namespace %s come across',
    async (EventNamespace) => {
      await install(service, { filter: { EventNamespace } });
      raise(1);
      expect(await doors()).toEqual([1]);
    },
  );

  test('a thousand filters of one creator are active at most', async () => {
    const services = await open(service, 'root\\subscription');
    await services.putInstance(await made(services, 'Acme_Pager', { Name: 'c' }));
    for (let first = 0; first < 1001; first += 500)
      await installMany(services, first, Math.min(500, 1001 - first));
    expect(active()).toBe(1000);
    expect((await log()).at(-1)!['Message']).toContain('WBEM_E_QUOTA_VIOLATION');
  });
});

async function installMany(services: WbemServices, first: number, count: number): Promise<void> {
  const parts: CimInstance[] = [];
  for (let i = first; i < first + count; i++) {
    parts.push(
      await made(services, '__EventFilter', {
        ...{ Name: `n${i}`, Query: 'SELECT * FROM Acme_Alarm', QueryLanguage: 'WQL' },
        EventNamespace: 'root\\cimv2',
      }),
      await made(services, '__FilterToConsumerBinding', {
        Filter: `__EventFilter.Name="n${i}"`,
        Consumer: 'Acme_Pager.Name="c"',
      }),
    );
  }
  await services.putInstances!(parts);
}

describe('on disk', () => {
  let directory: TemporaryDirectory;

  beforeEach(() => {
    directory = temporaryDirectory();
  });

  afterEach(() => directory[Symbol.dispose]());

  const start = async () =>
    pagingService((event) => void paged.push(event), {
      repository: await lmdbRepository({ directory: directory.path }),
    });

  test('a subscription is active again after a restart, and so is the event log', async () => {
    const event = { SourceName: 'Acme', EventID: 7, EventType: 4 };
    {
      await using first = await start();
      await install(first);
      await install(first, { consumerClass: 'NTEventLogEventConsumer', consumer: event });
      first.raise('Acme_Alarm', { Door: 1 });
      await settled();
    }
    await using second = await start();
    second.raise('Acme_Alarm', { Door: 2 });
    await settled();
    expect(paged.map(({ properties }) => properties['Door'])).toEqual([1, 2]);
    const services = await open(second, 'root\\cimv2');
    expect(await all(services.createInstanceEnum('Win32_NTLogEvent'))).toMatchObject([
      { properties: { RecordNumber: 1, EventCode: 7, SourceName: 'Acme', Type: 'Information' } },
      { properties: { RecordNumber: 2, EventCode: 7 } },
    ]);
  });

  test('a repository that somebody else has written nonsense into does not keep the service from starting', async () => {
    const repository = await lmdbRepository({ directory: directory.path });
    {
      await using first = await start();
      await install(first);
    }
    await repository.transact((writer) => {
      for (const { className, key, properties } of [
        ...writer.instances('root\\subscription', '__EventFilter'),
      ])
        writer.putInstance('root\\subscription', {
          ...{ className, key: `${key}2` },
          properties: { ...properties, CreatorSID: [1, 2, 3], Query: null },
        });
      writer.putInstance('root\\subscription', {
        className: '__FilterToConsumerBinding',
        key: 'x',
        properties: { Filter: 'x y', Consumer: '\\\\', CreatorSID: [] },
      });
    });
    await repository[Symbol.asyncDispose]();
    await using second = await start();
    expect(second.subscriptionCounts().filters).toBe(1);
  });
});
