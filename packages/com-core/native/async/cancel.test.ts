import { WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';
import { RecordingSink } from './recording-sink.ts';

const STUCK = 'SELECT * FROM Fixture_Stuck WHERE Count = 5';
const CANCELLED = 'complete 0x80041032';

test('a cancelled call ends with one WBEM_E_CALL_CANCELLED, although the service waits for the sink', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  await fixture.services.async.execQueryAsync(STUCK, sink);
  await sink.received(5);
  await fixture.services.async.cancelAsyncCall(sink);
  expect(sink.log).toEqual(['indicate 5', CANCELLED]);
});

test('cancelling ends every call that a sink was given to', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  for (let i = 0; i < 3; i++) await fixture.services.async.execQueryAsync(STUCK, sink);
  await sink.received(15);
  await fixture.services.async.cancelAsyncCall(sink);
  expect(sink.log.slice(-3)).toEqual([CANCELLED, CANCELLED, CANCELLED]);
});

test('AC-3.10 cancelling null, an unknown sink, and one whose call is over', async () => {
  await using fixture = openFixture();
  const { async } = fixture.services;
  await expect(async.cancelAsyncCall(null)).rejects.toMatchObject({ hresult: 0x80041008 });
  const sink = new RecordingSink();
  await expect(async.cancelAsyncCall(sink)).rejects.toMatchObject({ hresult: 0x80041002 });
  await async.execQueryAsync('SELECT * FROM Fixture_Row', sink);
  await sink.complete();
  await expect(async.cancelAsyncCall(sink)).rejects.toMatchObject({ hresult: 0x80041002 });
});

test('AC-3.10 from inside a sink a call cannot be cancelled, and goes on', async () => {
  await using fixture = openFixture();
  const { async } = fixture.services;
  const sink = new RecordingSink();
  const attempts: Promise<unknown>[] = [];
  await async.execNotificationQueryAsync('SELECT * FROM Fixture_Alarm', {
    indicate: (objects) => {
      attempts.push(async.cancelAsyncCall(sink).catch((error) => error.code));
      sink.indicate(objects);
    },
    setStatus: (status) => sink.setStatus(status),
  });
  await fixture.raise(1);
  await sink.received(1);
  await fixture.raise(2);
  await sink.received(2);
  expect(await Promise.all(attempts)).toEqual(['WBEM_E_INVALID_OPERATION', 'WBEM_E_INVALID_OPERATION']);
  expect(sink.statuses).toEqual([]);
});

test('with the services go their calls: each sink is told, once', async () => {
  const fixture = openFixture();
  const [first, second] = [new RecordingSink(), new RecordingSink()];
  await fixture.services.async.execQueryAsync(STUCK, first);
  await fixture.services.async.execNotificationQueryAsync('SELECT * FROM Fixture_Alarm', second);
  await first.received(5);
  await fixture[Symbol.asyncDispose]();
  expect([first.log, second.log]).toEqual([['indicate 5', CANCELLED], [CANCELLED]]);
  expect(fixture.com.closed).toBe(true);
});

test('a sink whose call is over hears nothing more, whoever calls it', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  await fixture.services.async.execQueryAsync(STUCK, sink);
  await sink.received(5);
  using kept = fixture.com.sinks.lend(sink).reference;
  await fixture.services.async.cancelAsyncCall(sink);
  const forged = await kept.send('SetStatus', 0, 0, 0 as never, 0 as never);
  expect(forged.hresult).toBe(WbemStatus.WBEM_E_CALL_CANCELLED);
  expect((await kept.send('Indicate', 0, 0 as never)).hresult).toBe(WbemStatus.WBEM_E_CALL_CANCELLED);
  expect(sink.log).toEqual(['indicate 5', CANCELLED]);
});
