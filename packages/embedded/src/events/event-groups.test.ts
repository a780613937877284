import { type CimClass, type CimInstance, defineClass, instanceOf, parseWql } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createService } from '../service/create-service.ts';
import { eventClasses } from '../system-classes/event-classes.ts';
import { open } from '../testing.ts';
import { EventGroups, MAX_GROUPS } from './event-groups.ts';
import { MAX_QUEUED_BYTES } from './event-queue.ts';
import { alarm, descriptorBytes, ManualTimers, received } from './testing.ts';

const aggregateClass = eventClasses.find(({ className }) => className === '__AggregateEvent')!;

function groups(clauses: string) {
  const query = parseWql(`SELECT * FROM Acme_Alarm ${clauses}`);
  if (query.kind !== 'select' || query.group === null) throw new Error('expected GROUP');
  const timers = new ManualTimers();
  const aggregates: CimInstance[] = [];
  const emit = (aggregate: CimInstance) => void aggregates.push(aggregate);
  const open = new EventGroups({ clause: query.group, aggregateClass, timers, emit });
  const add = (properties: Record<string, unknown>) => open.add(instanceOf(alarm, properties), 1, (e) => e);
  return {
    open,
    add,
    timers,
    counts: () => aggregates.map((a) => a.properties['NumberOfEvents']),
    aggregates,
  };
}

const sum = (numbers: unknown[]) => numbers.reduce<number>((total, n) => total + Number(n), 0);

test('every event is counted in exactly one aggregate, together with its equals', async () => {
  const events = fc.array(fc.record({ Door: fc.nat(3), Note: fc.constantFrom('a', 'A', 'b', null) }));
  await fc.assert(
    fc.asyncProperty(events, async (list) => {
      const { add, timers, counts } = groups('GROUP WITHIN 5 BY Door, Note');
      for (const event of list) add(event);
      expect(counts()).toEqual([]);
      await timers.advance(5000);
      const keys = new Set(list.map(({ Door, Note }) => `${Door} ${Note?.toLowerCase() ?? 0}`));
      expect(counts()).toHaveLength(keys.size);
      expect(sum(counts())).toBe(list.length);
    }),
  );
});

test('HAVING leaves the groups whose count is as asked', async () => {
  const limits = fc.nat(6);
  const operators = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4)), operators, limits, async (list, operator, limit) => {
      const { add, timers, counts } = groups(
        `GROUP WITHIN 1 BY Door HAVING NumberOfEvents ${operator} ${limit}`,
      );
      for (const Door of list) add({ Door });
      await timers.advance(1000);
      const all = [...new Set(list)].map((door) => list.filter((each) => each === door).length);
      const holds = {
        '=': (n: number) => n === limit,
        '<>': (n: number) => n !== limit,
        '<': (n: number) => n < limit,
        '<=': (n: number) => n <= limit,
        '>': (n: number) => n > limit,
        '>=': (n: number) => n >= limit,
      }[operator]!;
      expect(counts()).toEqual(all.filter(holds));
    }),
  );
});

test('the seconds run from the first event of a group, and the next group begins anew', async () => {
  const { add, timers, counts, aggregates } = groups('GROUP WITHIN 2');
  add({ Door: 1 });
  await timers.advance(1500);
  add({ Door: 2 });
  await timers.advance(500);
  add({ Door: 3 });
  await timers.advance(2000);
  expect(counts()).toEqual([2, 1]);
  expect(aggregates[0]!.properties['Representative']).toMatchObject({ properties: { Door: 1 } });
});

test('events are grouped by what is inside of embedded objects, and by their class', async () => {
  const { open, timers, counts } = groups('GROUP WITHIN 1 BY Object.Door, __CLASS');
  const carrier = defineClass({ name: 'Acme_Carrier', properties: { Object: 'object' } });
  const other = defineClass({ name: 'Acme_Other', superclass: carrier });
  const add = (cls: CimClass, Door: number) =>
    open.add(instanceOf(cls, { Object: instanceOf(alarm, { Door }) }), 1, (e) => e);
  for (const Door of [1, 2, 1]) add(carrier, Door);
  add(other, 1);
  await timers.advance(1000);
  expect(counts()).toEqual([2, 1, 1]);
});

test('a flood of different values opens a bounded number of groups', () => {
  const { add, open, timers } = groups('GROUP WITHIN 2 BY Door');
  for (let Door = 0; Door < MAX_GROUPS; Door++) expect(add({ Door })).toBe(true);
  expect(add({ Door: MAX_GROUPS })).toBe(false);
  expect(add({ Door: 1 })).toBe(true);
  open.close();
  expect(timers.waiting).toBe(0);
});

test('only what a subscriber may receive is counted for it', async () => {
  const timers = new ManualTimers();
  await using service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }], timers });
  const services = await open(service, 'root\\cimv2');
  const rows = await services.execNotificationQuery('SELECT Door FROM Acme_Alarm GROUP WITHIN 1');
  service.raise('Acme_Alarm', { Door: 1, SECURITY_DESCRIPTOR: descriptorBytes('O:BAG:BAD:') });
  service.raise('Acme_Alarm', { Door: 2 });
  service.raise('Acme_Alarm', { Door: 3 });
  await timers.advance(1000);
  const [aggregate] = await received(rows);
  expect(aggregate).toMatchObject({
    shape: { className: '__AggregateEvent' },
    properties: { NumberOfEvents: 2, Representative: { properties: { Door: 2 } } },
  });
});

test('open groups hold as many bytes as a queue does at most, and those that close make room', async () => {
  const { open: large, timers } = groups('GROUP WITHIN 5 BY Door');
  const add = (Door: number) => large.add(instanceOf(alarm, { Door }), MAX_QUEUED_BYTES / 2, (e) => e);
  expect([add(1), add(2), add(3), add(1)]).toEqual([true, true, false, true]);
  await timers.advance(5000);
  expect(add(3)).toBe(true);
});
