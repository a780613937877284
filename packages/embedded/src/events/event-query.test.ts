import { defineClass, type Provider, WbemError } from '@wmisec/wbem';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { open } from '../testing.ts';
import { alarm } from './testing.ts';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: { Id: { type: 'uint32', key: true } },
});
const doors: Provider = { name: 'Doors', classes: [alarm, door], enumerate: () => [] };

let service: EmbeddedService;

beforeAll(async () => {
  service = await createService({ providers: [doors] });
});

afterAll(() => service[Symbol.asyncDispose]());

const subscribe = async (query: string) => (await open(service, 'root\\cimv2')).execNotificationQuery(query);

test('AC-5.11 a class that is no event class is refused by the call', async () => {
  await expect(subscribe('SELECT * FROM Acme_Door WITHIN 1')).rejects.toMatchObject({ hresult: 0x80041059 });
});

test.each([
  ['SELECT * FROM', 0x80041017, 'text that is no query'],
  ['ASSOCIATORS OF {Acme_Door.Id=1}', 0x80041017, 'a query of another kind'],
  ['SELECT * FROM Acme_Alarm WHERE Window = 1', 0x80041017, 'a property that the event does not have'],
  ['SELECT * FROM Acme_Alarm WHERE Door = "x"', 0x80041017, 'a constant of another type'],
  ['SELECT * FROM Acme_Nothing', 0x80041010, 'a class that there is not'],
  [
    'SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA "Acme_Nothing"',
    0x80041010,
    'a target class that there is not',
  ],
  ['SELECT * FROM meta_class', 0x80041059, 'a query for classes'],
  ['SELECT * FROM __AggregateEvent', 0x80041059, 'an aggregate, which is no event by itself'],
  [
    'SELECT * FROM __InstanceCreationEvent WHERE TargetInstance ISA "Acme_Door"',
    0x80042002,
    'instances of a provider without WITHIN',
  ],
  ['SELECT * FROM __InstanceOperationEvent', 0x80042002, 'instances of any class without WITHIN'],
  ['SELECT * FROM __InstanceOperationEvent WITHIN 1', 0x80042001, 'polling everything'],
  [
    'SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE NOT TargetInstance ISA "Acme_Door"',
    0x80042001,
    'polling everything but one class',
  ],
  ['SELECT * FROM Acme_Alarm GROUP BY Door', 0x8004105a, 'GROUP BY without WITHIN'],
  ['SELECT * FROM Acme_Alarm GROUP WITHIN 5 BY', 0x8004105b, 'BY without a list'],
  ['SELECT * FROM Acme_Alarm GROUP WITHIN 5 BY *', 0x8004105b, 'BY everything'],
  ['SELECT * FROM __ClassCreationEvent GROUP WITHIN 5 BY TargetClass', 0x8004105d, 'BY an embedded object'],
  ['SELECT * FROM Acme_Alarm GROUP WITHIN 5 BY __SERVER', 0x80041017, 'BY what all have in common'],
  ['SELECT * FROM Acme_Alarm GROUP WITHIN 5 BY SECURITY_DESCRIPTOR', 0x8004105d, 'BY an array'],
])('%s is 0x%s: %s', async (query, hresult) => {
  await expect(subscribe(query)).rejects.toMatchObject({ hresult, operation: 'execNotificationQuery' });
  expect(service.eventCounts().subscriptions).toBe(0);
});

test.each([
  'SELECT * FROM __InstanceCreationEvent WITHIN 0.5 WHERE TargetInstance ISA "Acme_Door" AND TargetInstance.Id > 1',
  'SELECT * FROM __InstanceCreationEvent WHERE TargetInstance ISA "__EventFilter"',
  'SELECT Door FROM Acme_Alarm WHERE Note = "group by" GROUP WITHIN 5 BY Door HAVING NumberOfEvents > 3',
  'SELECT * FROM __ClassOperationEvent',
  'select * from __event',
])('%s is taken', async (query) => {
  await using _ = await subscribe(query);
  expect(service.eventCounts().subscriptions).toBe(1);
});

test('whatever the text, it is taken or refused with a reason, and no fault of the service', async () => {
  const words = fc.constantFrom(
    ...[
      'SELECT',
      '*',
      'FROM',
      '__InstanceCreationEvent',
      'Acme_Alarm',
      'WITHIN',
      '1',
      '0',
      '-1',
      '1e400',
      'WHERE',
    ],
    ...[
      'TargetInstance',
      'ISA',
      '"Acme_Door"',
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      'Door',
      '=',
      '.',
      '__THIS',
      ',',
    ],
    ...['GROUP', 'BY', 'HAVING', 'NumberOfEvents', '>', 'meta_class', "'", 'NULL', 'LIKE', '"%"', '\u0000'],
  );
  const start = fc.constantFrom(
    '',
    'SELECT * FROM Acme_Alarm ',
    'SELECT * FROM __InstanceOperationEvent WITHIN 1 WHERE ',
  );
  const text = fc
    .tuple(start, fc.array(words, { maxLength: 12 }))
    .map(([head, tail]) => head + tail.join(' '));
  await fc.assert(
    fc.asyncProperty(text, async (query) => {
      try {
        await using _ = await subscribe(query);
      } catch (error) {
        expect(error).toBeInstanceOf(WbemError);
        expect(error).not.toMatchObject({ code: 'WBEM_E_FAILED' });
      }
    }),
    { numRuns: 500 },
  );
  expect(service.eventCounts().subscriptions).toBe(0);
});
