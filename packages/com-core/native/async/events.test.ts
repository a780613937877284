import { setTimeout as sleep } from 'node:timers/promises';
import { CimType, WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';
import { RecordingSink } from './recording-sink.ts';

// The service of the fixture raises events on a thread of its own and asks AccessCheck about each subscriber's token:
// that of this process's user, an administrator under Wine, and that of the same user without Administrators.

const ALARMS = 'SELECT * FROM Fixture_Alarm';
const ADMINISTRATORS_ONLY = 'O:BAG:BAD:(A;;0x40;;;BA)';

const doors = (objects: readonly { readonly properties: unknown }[]) =>
  objects.map(({ properties }) => (properties as { Door: number }).Door);

test('events come through the enumerator one by one, and a service without any ends no wait', async () => {
  await using fixture = openFixture();
  await using events = await fixture.services.execNotificationQuery(ALARMS);
  await expect(events.next(1, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
  const waiting = events.next(1);
  await fixture.raise(7);
  expect(await waiting).toMatchObject({
    done: false,
    objects: [
      {
        shape: { className: 'Fixture_Alarm', derivation: ['__ExtrinsicEvent', '__Event', '__SystemClass'] },
        properties: { Door: 7 },
      },
    ],
  });
});

test('a written instance is an event, with the instance in it', async () => {
  await using fixture = openFixture();
  await using events = await fixture.services.execNotificationQuery(
    'SELECT * FROM __InstanceCreationEvent WITHIN 1',
  );
  const shape = { name: 'Name', type: CimType.String, isArray: false, isKey: true };
  await fixture.services.putInstance({
    kind: 'instance',
    shape: { className: 'Fixture_Row', derivation: [], properties: [shape] },
    properties: { Name: 'new' },
    path: null,
  });
  const { objects } = await events.next(1);
  expect(objects[0]?.properties.TargetInstance).toMatchObject({
    kind: 'instance',
    properties: { Name: 'new' },
  });
});

test('a wait that the service ends goes on, and a subscription that fails fails with its status', async () => {
  await using fixture = openFixture();
  await using events = await fixture.services.execNotificationQuery(ALARMS);
  fixture.answerSubscriptions(WbemStatus.WBEM_S_TIMEDOUT);
  await fixture.raise(1);
  expect(doors((await events.next(1)).objects)).toEqual([1]);
  fixture.answerSubscriptions(WbemStatus.WBEM_E_SHUTTING_DOWN);
  await expect(events.next(1)).rejects.toMatchObject({ code: 'WBEM_E_SHUTTING_DOWN', operation: 'next' });
});

test('disposing the enumerator ends the subscription', async () => {
  await using fixture = openFixture();
  const before = fixture.liveObjects();
  const events = await fixture.services.execNotificationQuery(ALARMS);
  const waiting = events.next(1).catch((error) => error.code);
  await events[Symbol.asyncDispose]();
  expect(await waiting).toBe('WBEM_E_CALL_CANCELLED');
  await fixture.raise(1);
  expect(fixture.liveObjects()).toBe(before);
});

test('AC-5.2 a sink descriptor for administrators: nobody else gets the event, nor an error', async () => {
  await using fixture = openFixture();
  await using plain = fixture.openPlain();
  await using forPlain = await plain.execNotificationQuery(ALARMS);
  await using forAdministrator = await fixture.services.execNotificationQuery(ALARMS);
  await fixture.raise(1, { sink: ADMINISTRATORS_ONLY });
  await fixture.raise(2);
  expect(doors((await forAdministrator.next(2)).objects)).toEqual([1, 2]);
  expect(doors((await forPlain.next(1)).objects)).toEqual([2]);
});

test('AC-5.3 an event without a descriptor reaches everybody, one for administrators only them', async () => {
  await using fixture = openFixture();
  await using plain = fixture.openPlain();
  const [forAdministrator, forPlain] = [new RecordingSink(), new RecordingSink()];
  await fixture.services.async.execNotificationQueryAsync(ALARMS, forAdministrator);
  await plain.async.execNotificationQueryAsync(ALARMS, forPlain);
  await fixture.raise(1);
  await fixture.raise(2, { event: ADMINISTRATORS_ONLY });
  await fixture.raise(3);
  expect(doors((await forAdministrator.received(3)) as never)).toEqual([1, 2, 3]);
  expect(doors((await forPlain.received(2)) as never)).toEqual([1, 3]);
  expect(forAdministrator.objects[1]).toMatchObject({
    properties: { SECURITY_DESCRIPTOR: expect.any(Array) },
  });
  expect([forAdministrator.statuses, forPlain.statuses]).toEqual([[], []]);
});

test('AC-5.11 every notification query is semisynchronous and forward-only, whatever form other calls have', async () => {
  await using fixture = openFixture({ semisynchronous: false, forwardOnly: false });
  fixture.takeLog();
  await using _ = await fixture.services.execNotificationQuery(ALARMS);
  expect(fixture.takeLog()).toEqual([`ExecNotificationQuery ${ALARMS} flags 0x30`]);
});

test('AC-5.11 a class that is no event: an error of the call, or one status for the sink', async () => {
  await using fixture = openFixture();
  const query = 'SELECT * FROM Fixture_Row';
  await expect(fixture.services.execNotificationQuery(query)).rejects.toMatchObject({
    hresult: 0x80041059,
    code: 'WBEM_E_NOT_EVENT_CLASS',
  });
  const sink = new RecordingSink();
  await fixture.services.async.execNotificationQueryAsync(query, sink);
  expect(await sink.complete()).toMatchObject({ status: 0x80041059 });
  while (fixture.com.sinks.live > 0) await sleep(1);
  expect(sink.log).toEqual(['complete 0x80041059']);
});

test('a subscription of a sink ends with the failure that the service reports', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  await fixture.services.async.execNotificationQueryAsync(ALARMS, sink);
  await fixture.raise(1);
  await sink.received(1);
  fixture.answerSubscriptions(WbemStatus.WBEM_E_QUOTA_VIOLATION);
  await sink.complete();
  expect(sink.log).toEqual(['indicate 1', 'complete 0x8004106c']);
});
