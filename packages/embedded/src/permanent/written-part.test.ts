import { encodeSid, filterToken, type Principal, type Sid } from '@wmisec/access';
import { type CimInstance, type WbemServices, WmisecError } from '@wmisec/wbem';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EmbeddedService } from '../service/create-service.ts';
import { all, open } from '../testing.ts';
import { ALARMS, adm, ann, install, letWrite, made, pagingService, root } from './testing.ts';

const ADMINISTRATORS_BYTES = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0];
const SYSTEM_BYTES = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

let service: EmbeddedService;
let services: WbemServices;

beforeEach(async () => {
  service = await pagingService(() => {});
  await letWrite(service);
  services = await open(service, 'root\\subscription');
});

afterEach(() => service[Symbol.asyncDispose]());

const read = async (path: string) => (await services.getObject(path)) as CimInstance;
const creatorOf = async (path: string) => (await read(path)).properties['CreatorSID'];
const put = async (className: string, properties: object, as?: Principal) => {
  const writer = as === undefined ? services : await open(service, 'root\\subscription', as);
  return writer.putInstance(await made(writer, className, properties as Record<string, unknown>));
};
const refused = (className: string, properties: object, code: string) =>
  expect(put(className, properties)).rejects.toMatchObject({ code });

describe('who created a part', () => {
  test('AC-5.6 what two administrators write carries the SID of Administrators', async () => {
    const filter = await put('__EventFilter', ALARMS, adm);
    const consumer = await put('Acme_Pager', { Name: 'c' }, root);
    const binding = await put('__FilterToConsumerBinding', { Filter: filter, Consumer: consumer }, adm);
    for (const path of [filter, consumer, binding])
      expect(await creatorOf(path)).toEqual(ADMINISTRATORS_BYTES);
  });

  test('AC-5.7 what the client says of the creator is replaced by who it is', async () => {
    const claimed = { CreatorSID: ADMINISTRATORS_BYTES };
    const hers = [...encodeSid(ann.token.user as Sid)];
    expect(await creatorOf(await put('__EventFilter', { ...ALARMS, ...claimed }, ann))).toEqual(hers);
    expect(await creatorOf(await put('Acme_Pager', { Name: 'c', ...claimed }, ann))).toEqual(hers);
    const system = { ...ALARMS, Name: 'g', CreatorSID: SYSTEM_BYTES };
    expect(await creatorOf(await put('__EventFilter', system, adm))).toEqual(ADMINISTRATORS_BYTES);
  });

  test('AC-5.7 a name in another case does not get a creator past the service', async () => {
    const object = await made(services, '__EventFilter', ALARMS);
    const { CreatorSID: _, ...properties } = object.properties;
    const theirs = await open(service, 'root\\subscription', ann);
    const path = await theirs.putInstance({
      ...object,
      properties: { ...properties, creatorsid: ADMINISTRATORS_BYTES },
    });
    expect(await creatorOf(path)).toEqual([...encodeSid(ann.token.user as Sid)]);
  });

  test('whoever changes a part becomes its creator', async () => {
    await install(service, { as: adm });
    await put('__EventFilter', ALARMS, ann);
    expect(await creatorOf('__EventFilter.Name="f"')).toEqual([...encodeSid(ann.token.user as Sid)]);
  });

  test('an administrator without the group in force is none', async () => {
    const filtered = { ...adm, token: filterToken(adm.token) };
    const path = await put('__EventFilter', ALARMS, filtered);
    expect(await creatorOf(path)).toEqual([...encodeSid(adm.token.user as Sid)]);
  });
});

describe('the names of parts', () => {
  test.each([null, ''])('%j becomes a GUID', async (Name) => {
    const guid = /^__EventFilter\.Name="\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}"$/;
    expect(await put('__EventFilter', { ...ALARMS, Name })).toMatch(guid);
    expect(await put('Acme_Pager', { Name })).toMatch(/^Acme_Pager\.Name="\{[0-9A-F-]{36}\}"$/);
  });

  test('the same name again replaces the part', async () => {
    await put('__EventFilter', ALARMS);
    await put('__EventFilter', { ...ALARMS, Query: 'SELECT * FROM Acme_Alarm WHERE Door = 1' });
    expect((await read('__EventFilter.Name="f"')).properties['Query']).toContain('Door = 1');
  });
});

describe('what a filter is', () => {
  test.each([
    ['no WQL', { QueryLanguage: 'CQL' }, 'WBEM_E_INVALID_QUERY_TYPE'],
    ['no query', { Query: 'SELECT' }, 'WBEM_E_INVALID_QUERY'],
    ['no event query', { Query: 'REFERENCES OF {A.B=1}' }, 'WBEM_E_INVALID_QUERY'],
    ['a class that is no event', { Query: 'SELECT * FROM __Namespace' }, 'WBEM_E_NOT_EVENT_CLASS'],
    [
      'a property that there is not',
      { Query: 'SELECT * FROM Acme_Alarm WHERE Nr = 1' },
      'WBEM_E_INVALID_QUERY',
    ],
    ['EventAccess that is no SDDL', { EventAccess: 'everyone' }, 'WBEM_E_INVALID_PARAMETER'],
    ['EventAccess without an owner', { EventAccess: 'D:(A;;0x80;;;BA)' }, 'WBEM_E_INVALID_PARAMETER'],
    ['events of another machine', { EventNamespace: '\\\\srv\\root\\cimv2' }, 'WBEM_E_INVALID_PARAMETER'],
    ['no namespace', { EventNamespace: 'cimv2' }, 'WBEM_E_INVALID_PARAMETER'],
    ['no Query', { Query: null }, 'WBEM_E_ILLEGAL_NULL'],
  ])('%s is refused', (_, changes, code) => refused('__EventFilter', { ...ALARMS, ...changes }, code));

  test('a class and a namespace that are missing may come later', async () => {
    await put('__EventFilter', { ...ALARMS, Query: 'SELECT * FROM Acme_Later' });
    await put('__EventFilter', { ...ALARMS, EventNamespace: 'root\\later' });
  });

  test('whoever is no administrator learns nothing of the classes of another namespace', async () => {
    const query = { ...ALARMS, Query: 'SELECT * FROM __Namespace' };
    await put('__EventFilter', query, ann);
    await expect(put('__EventFilter', { ...query, EventNamespace: null }, ann)).rejects.toMatchObject({
      code: 'WBEM_E_NOT_EVENT_CLASS',
    });
  });
});

test('any text at all in a part is stored, or refused with an error that says why', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('SELECT * FROM ', 'O:BAG:BA', 'D:(A;;0x80;;;WD)', 'root\\'),
  );
  const part = fc.record(
    {
      Query: text,
      QueryLanguage: text,
      EventAccess: text,
      EventNamespace: text,
      Filter: text,
      Consumer: text,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(part, async ({ Filter = '', Consumer = '', ...filter }) => {
      const error = await put('__EventFilter', { ...ALARMS, ...filter }).catch((reason: unknown) => reason);
      if (typeof error !== 'string') expect(error).toBeInstanceOf(WmisecError);
      const bound = await put('__FilterToConsumerBinding', { Filter, Consumer }).catch(
        (reason: unknown) => reason,
      );
      if (typeof bound !== 'string') expect(bound).toBeInstanceOf(WmisecError);
    }),
  );
});

describe('what a binding is', () => {
  const binding = { Filter: '__EventFilter.Name="f"', Consumer: 'Acme_Pager.Name="c"' };

  test.each([
    ['a filter that is a consumer', { Filter: 'Acme_Pager.Name="c"' }, 'WBEM_E_INVALID_PARAMETER'],
    ['a consumer that is a filter', { Consumer: '__EventFilter.Name="f"' }, 'WBEM_E_INVALID_PARAMETER'],
    ['a class', { Filter: '__EventFilter' }, 'WBEM_E_INVALID_PARAMETER'],
    ['no path', { Consumer: 'x y' }, 'WBEM_E_INVALID_PARAMETER'],
    ['a quality that there is not', { DeliveryQoS: 2 }, 'WBEM_E_INVALID_PARAMETER'],
    ['no filter', { Filter: null }, 'WBEM_E_INVALID_OBJECT'],
  ])('%s is refused', (_, changes, code) =>
    refused('__FilterToConsumerBinding', { ...binding, ...changes }, code),
  );

  test.each([null, 0, 1])('DeliveryQoS %j is taken', async (DeliveryQoS) => {
    await put('__FilterToConsumerBinding', { ...binding, DeliveryQoS });
  });
});

describe('AC-9.15 what a standard consumer is', () => {
  const script = { Name: 'c', ScriptingEngine: 'VBScript' };
  const log = { Name: 'c', SourceName: 'Acme', EventID: 1 };
  const mail = { Name: 'c', SMTPServer: 'mail' };

  test.each([
    ['ActiveScriptEventConsumer', { ...script, ScriptText: 'x', ScriptFileName: 'y' }],
    ['ActiveScriptEventConsumer', script],
    ['ActiveScriptEventConsumer', { ...script, ScriptText: '' }],
    ['CommandLineEventConsumer', { Name: 'c' }],
    ['LogFileEventConsumer', { Name: 'c', Text: 'x' }],
    ['NTEventLogEventConsumer', { ...log, SourceName: 'Acme:Doors' }],
    ['NTEventLogEventConsumer', { ...log, EventType: 3 }],
    ['NTEventLogEventConsumer', { ...log, NumberOfInsertionStrings: 2 }],
    ['SMTPEventConsumer', mail],
    ['SMTPEventConsumer', { ...mail, ToLine: 'a@b', SMTPServer: '' }],
  ])('%s %j is refused', (className, properties) =>
    refused(className, properties, 'WBEM_E_INVALID_PARAMETER'),
  );

  test.each([
    ['ActiveScriptEventConsumer', { Name: 'c', ScriptText: 'x' }],
    ['NTEventLogEventConsumer', { Name: 'c', SourceName: 'Acme' }],
    ['SMTPEventConsumer', { Name: 'c', ToLine: 'a@b' }],
  ])('%s %j lacks what cannot be null', (className, properties) =>
    expect(put(className, properties)).rejects.toMatchObject({ code: 'WBEM_E_ILLEGAL_NULL' }),
  );

  test.each([
    ['ActiveScriptEventConsumer', { ...script, ScriptText: 'x' }],
    ['ActiveScriptEventConsumer', { ...script, ScriptFileName: 'C:\\x.vbs' }],
    ['CommandLineEventConsumer', { Name: 'c', ExecutablePath: 'C:\\x.exe' }],
    ['LogFileEventConsumer', { Name: 'c', Filename: 'C:\\x.log', Text: 'x' }],
    ['NTEventLogEventConsumer', { ...log, EventType: 16, NumberOfInsertionStrings: 1 }],
    ['SMTPEventConsumer', { ...mail, BccLine: 'a@b' }],
  ])('%s %j is stored', async (className, properties) => {
    expect(await put(className, properties)).toBe(`${className}.Name="c"`);
  });

  test('the rules hold for each of those that are put together, before any is written', async () => {
    const bad = await made(services, 'SMTPEventConsumer', mail);
    const filter = await made(services, '__EventFilter', ALARMS);
    await expect(services.putInstances!([filter, bad])).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_PARAMETER',
    });
    await expect(read('__EventFilter.Name="f"')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  });

  test('the setting of scripts is there from the start, and has a range', async () => {
    const path = 'ScriptingStandardConsumerSetting=@';
    expect((await read(path)).properties).toMatchObject({ MaximumScripts: 300, Timeout: 0 });
    await put('ScriptingStandardConsumerSetting', { Timeout: 71_000 });
    await refused('ScriptingStandardConsumerSetting', { Timeout: 71_001 }, 'WBEM_E_INVALID_PARAMETER');
    expect(await all(services.createInstanceEnum('ScriptingStandardConsumerSetting'))).toMatchObject([
      { properties: { Timeout: 71_000 } },
    ]);
  });

  test('they are in root\\subscription only', async () => {
    const elsewhere = await open(service, 'root\\default');
    await expect(elsewhere.getObject('LogFileEventConsumer')).rejects.toMatchObject({
      code: 'WBEM_E_NOT_FOUND',
    });
  });
});
