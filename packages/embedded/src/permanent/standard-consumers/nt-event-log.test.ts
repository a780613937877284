import { hostname } from 'node:os';
import { encodeSid } from '@wmisec/access';
import { defineClass } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { received } from '../../events/testing.ts';
import { memoryRepository } from '../../repository/memory-repository.ts';
import { createService, type EmbeddedService } from '../../service/create-service.ts';
import { extrinsicEventClass } from '../../system-classes/event-classes.ts';
import { all, open } from '../../testing.ts';
import { EventLog, EventType, MAX_RECORDS } from '../event-log/event-log.ts';
import { install, settled } from '../testing.ts';

const eventClass = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32', Note: 'string', Who: 'uint8[]', WhoText: 'string', Bytes: 'uint8[]' },
});
const consumer = { Name: 'c', SourceName: 'Acme', EventID: 0xc0010007 };
const clock = { now: () => new Date('2031-05-06T07:08:09Z') };

let service: EmbeddedService;

beforeEach(async () => {
  service = await createService({ providers: [{ name: 'Alarms', classes: [eventClass] }], clock });
});

afterEach(() => service[Symbol.asyncDispose]());

const log = async (query = 'SELECT * FROM Win32_NTLogEvent') =>
  (await all((await open(service, 'root\\cimv2')).execQuery(query))).map(
    (object) => 'properties' in object && object.properties,
  );

async function logged(changes: object, properties = {}): Promise<unknown> {
  await install(service, {
    consumerClass: 'NTEventLogEventConsumer',
    consumer: { ...consumer, ...changes },
  });
  service.raise('Acme_Alarm', properties);
  await settled();
  return (await log())[0];
}

describe('rules 9.15 a record of an event', () => {
  test('is an instance of Win32_NTLogEvent', async () => {
    const InsertionStringTemplates = ['Door %Door%', '%Note%', 'left out'];
    const changes = { InsertionStringTemplates, NumberOfInsertionStrings: 2, EventType: 2, Category: 5 };
    expect(await logged(changes, { Door: 1, Note: 'a\r\nb' })).toMatchObject({
      ...{ Logfile: 'Application', RecordNumber: 1, SourceName: 'Acme', Category: 5 },
      ...{ EventIdentifier: 0xc0010007, EventCode: 7, EventType: 2, Type: 'Warning' },
      ...{ InsertionStrings: ['Door 1', 'a\\r\\nb'], Message: 'Door 1\r\na\\r\\nb' },
      ...{ User: null, Data: null, TimeGenerated: { kind: 'datetime', year: 2031, hour: 7 } },
    });
    expect(
      await log('SELECT * FROM Win32_NTLogEvent WHERE Logfile = "application" AND RecordNumber = 1'),
    ).toHaveLength(1);
    expect(
      await log('SELECT * FROM Win32_NTLogEvent WHERE Logfile = "Security" AND RecordNumber = 1'),
    ).toEqual([]);
  });

  test('names the user whom a property of the event holds, as bytes or as text', async () => {
    const who = { NameOfUserSidProperty: 'Who', NameOfRawDataProperty: 'Bytes' };
    const event = { Who: [...encodeSid('S-1-5-21-1-2-3-4')], Bytes: [1, 2, 255] };
    expect(await logged(who, event)).toMatchObject({ User: 'S-1-5-21-1-2-3-4', Data: [1, 2, 255] });
  });

  test.each([
    ['S-1-5-18', 'S-1-5-18'],
    ['nobody', null],
  ])('names %j as the user %j', async (WhoText, User) => {
    expect(await logged({ NameOfUserSidProperty: 'WhoText' }, { WhoText })).toMatchObject({ User });
  });

  test.each(['UNCServerName', 'MachineName'])(
    'is not written here when its %s is another machine',
    async (name) => {
      const services = await open(service, 'root\\subscription');
      const failures = await services.execNotificationQuery('SELECT * FROM __ConsumerFailureEvent');
      expect(await logged({ [name]: '\\\\elsewhere' })).toBeUndefined();
      expect(await received(failures)).toHaveLength(1);
      expect(await logged({ [name]: hostname() })).toMatchObject({ RecordNumber: 1 });
    },
  );
});

test('a client cannot write into the log', async () => {
  await logged({});
  const services = await open(service, 'root\\cimv2');
  const [record] = await all(services.createInstanceEnum('Win32_NTLogEvent'));
  await expect(services.putInstance(record!)).rejects.toMatchObject({ code: 'WBEM_E_PROVIDER_NOT_CAPABLE' });
  await expect(services.deleteInstance(record!.path!)).rejects.toMatchObject({
    code: 'WBEM_E_PROVIDER_NOT_CAPABLE',
  });
});

test('the log keeps the newest records, each with a number of its own, and cuts what is too long', async () => {
  const kept = new EventLog(memoryRepository(), clock);
  const entry = { source: 'x', eventId: 1, type: EventType.Error, category: 0, data: null, user: null };
  for (let number = 1; number <= MAX_RECORDS + 10; number++)
    await kept.append({ ...entry, strings: ['a'.repeat(40_000), 'b'] });
  const records = kept.records();
  expect(records).toHaveLength(MAX_RECORDS);
  expect(records[0]!.number).toBe(11);
  expect(records.at(-1)!.strings.join('')).toBe('a'.repeat(31_839));
  expect(kept.get(10)).toBeNull();
});

test('a record has neither strings without end nor a source without end, whatever the consumer says', async () => {
  const kept = new EventLog(memoryRepository(), clock);
  const entry = { eventId: 1, type: EventType.Error, category: 0, data: null, user: null };
  await kept.append({ ...entry, source: 's'.repeat(100_000), strings: Array(100_000).fill('') });
  expect(kept.get(1)!.source).toHaveLength(255);
  expect(kept.get(1)!.strings).toHaveLength(256);
});
