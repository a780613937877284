import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

const STUCK = 'SELECT * FROM Fixture_Stuck WHERE Count = 2';

test('next ends with WBEM_E_TIMED_OUT when rows do not come', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery(STUCK);
  await expect(rows.next(5, { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'WBEM_E_TIMED_OUT',
    operation: 'next',
  });
});

test('rows that came before the time was over are there for the next call', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery(STUCK);
  await expect(rows.next(5, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
  expect((await rows.next(2)).objects).toHaveLength(2);
});

test('an aborted signal ends next with WBEM_E_CALL_CANCELLED, before the native call is back', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery(STUCK);
  await rows.next(2);
  const aborter = new AbortController();
  const waiting = rows.next(1, { signal: aborter.signal });
  aborter.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});

test('a signal that is aborted already stops a call before it starts', async () => {
  await using fixture = openFixture();
  fixture.takeLog();
  const signal = AbortSignal.abort();
  await expect(fixture.services.execQuery(STUCK, { signal })).rejects.toMatchObject({
    code: 'WBEM_E_CALL_CANCELLED',
  });
  expect(fixture.takeLog()).toEqual([]);
});

test('a semisynchronous call is left while its call result is still waited for, and leaves nothing', async () => {
  await using observer = openFixture();
  const before = observer.liveObjects();
  {
    await using fixture = openFixture();
    fixture.delayCalls(600);
    const late = fixture.services.getObject('Fixture_Row', { timeoutMs: 30 });
    await expect(late).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT', operation: 'getObject' });
    fixture.delayCalls(0);
  }
  expect(observer.liveObjects()).toBe(before);
});

test('a slow semisynchronous call ends well when it has the time', async () => {
  await using fixture = openFixture();
  fixture.delayCalls(400);
  const object = await fixture.services.getObject('Fixture_Row');
  fixture.delayCalls(0);
  expect(object).toMatchObject({ kind: 'class', className: 'Fixture_Row' });
});

test('disposal cancels a call under way', async () => {
  const fixture = openFixture();
  const rows = await fixture.services.execNotificationQuery('SELECT * FROM __Event');
  const waiting = rows.next(1);
  const outcome = expect(waiting).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
  await rows[Symbol.asyncDispose]();
  await outcome;
  await fixture[Symbol.asyncDispose]();
});

test('a disposed object refuses calls with DISPOSED', async () => {
  const fixture = openFixture();
  await fixture[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
  await expect(fixture.services.getObject('x')).rejects.toMatchObject({ code: 'DISPOSED' });
  expect(() => fixture.services.queryBlanket()).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
});

test('the event loop runs while calls wait', async () => {
  await using fixture = openFixture();
  const waits = await Promise.all(
    Array.from({ length: 6 }, () => fixture.services.execNotificationQuery('SELECT * FROM __Event')),
  );
  const waiting = waits.map((rows) => rows.next(3, { timeoutMs: 400 }).catch(() => 'over'));
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await Promise.all(waiting);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
  await Promise.all(waits.map((rows) => rows[Symbol.asyncDispose]()));
});

test('enumerators that were read to their end keep no thread from others', async () => {
  await using fixture = openFixture();
  const query = 'SELECT * FROM Fixture_Row WHERE Count = 20';
  const all = await Promise.all(Array.from({ length: 24 }, () => fixture.services.execQuery(query)));
  for (const rows of all) for (let done = false; !done; ) done = (await rows.next(10)).done;
  expect(await fixture.services.getObject('Fixture_Row')).toMatchObject({ kind: 'class' });
  await Promise.all(all.map((rows) => rows[Symbol.asyncDispose]()));
});
