import { defineClass, WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';
import { RecordingSink } from './recording-sink.ts';

// The service of the fixture calls sinks from threads of its own.

test('rows come in the order of the query, decoded, then one status', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  await fixture.services.async.execQueryAsync('SELECT * FROM Fixture_Row WHERE Count = 25', sink);
  expect(await sink.complete()).toEqual({
    kind: 'complete',
    status: 0,
    text: null,
    extendedStatus: null,
  });
  expect(sink.log).toEqual(['indicate 10', 'indicate 10', 'indicate 5', 'complete 0x0']);
  expect(sink.objects[24]).toMatchObject({
    kind: 'instance',
    properties: { Name: 'Service00024', ProcessId: 4000000024, Started: true },
  });
});

test('progress comes to those who ask for it', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  const query = 'SELECT * FROM Fixture_Row WHERE Count = 12';
  await fixture.services.async.execQueryAsync(query, sink, { sendStatus: true });
  await sink.complete();
  expect(sink.log).toEqual(['indicate 10', 'progress', 'indicate 2', 'progress', 'complete 0x0']);
  expect(sink.statuses.map(({ status }) => status)).toEqual([(12 << 16) | 10, (12 << 16) | 12, 0]);
});

test('a failure comes as the final status, with what describes it', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  await fixture.services.async.execQueryAsync('SELECT * FROM Fixture_Broken WHERE Count = 2', sink);
  expect(await sink.complete()).toMatchObject({
    status: WbemStatus.WBEM_E_PROVIDER_FAILURE,
    extendedStatus: { Operation: 'Indicate', ParameterInfo: 'Fixture_Broken' },
  });
  expect(sink.objects).toHaveLength(2);
});

test('every method reaches its own, and the sink gets what it results in', async () => {
  await using fixture = openFixture();
  const { async } = fixture.services;
  const row = await fixture.services.getObject('Fixture_Row');
  const made = defineClass({ name: 'Fixture_Made', properties: { Id: { type: 'string', key: true } } });
  const instance = {
    kind: 'instance' as const,
    shape: {
      className: 'Fixture_Row',
      derivation: [],
      properties: row.kind === 'class' ? row.properties : [],
    },
    properties: { Name: 'new' },
    path: null,
  };
  const context = { Name: 'value' };
  const outcomes: unknown[] = [];
  const run = async (begin: (sink: RecordingSink) => Promise<void>) => {
    const sink = new RecordingSink();
    await begin(sink);
    const { status, text } = await sink.complete();
    outcomes.push([sink.objects.length, status, text]);
  };
  fixture.takeLog();
  await run((sink) => async.getObjectAsync('Fixture_Row', sink, { amended: true }));
  await run((sink) => async.putClassAsync(made, sink, { mode: 'createOnly' }));
  await run((sink) => async.putInstanceAsync(instance, sink, { context }));
  await run((sink) => async.deleteInstanceAsync('Fixture_Row.Name="new"', sink));
  await run((sink) => async.deleteClassAsync('Fixture_Made', sink));
  await run((sink) => async.createClassEnumAsync(null, sink, { deep: false }));
  await run((sink) => async.createInstanceEnumAsync('Fixture_Row', sink));
  await run((sink) => async.execMethodAsync('Fixture_Every', 'Add', { A: 1, B: 2n }, sink));
  await run((sink) => async.getObjectAsync('nothing', sink));
  expect(outcomes).toEqual([
    [1, 0, null],
    [0, 0, 'Fixture_Made'],
    [0, 0, 'Fixture_Row.Name="new"'],
    [0, 0, null],
    [0, 0, null],
    [1, 0, null],
    [3, 0, null],
    [1, 0, null],
    [0, WbemStatus.WBEM_E_NOT_FOUND, null],
  ]);
  expect(fixture.takeLog().filter((line) => line.includes('Async'))).toEqual([
    'GetObjectAsync Fixture_Row flags 0x20000',
    'PutClassAsync Fixture_Made flags 0x2',
    `PutInstanceAsync Fixture_Row.Name="new" flags 0x0 context Name='value'`,
    'DeleteInstanceAsync Fixture_Row.Name="new" flags 0x0',
    'DeleteClassAsync Fixture_Made flags 0x0',
    'CreateClassEnumAsync  flags 0x1',
    'CreateInstanceEnumAsync Fixture_Row flags 0x0',
    'ExecMethodAsync Add Fixture_Every flags 0x0',
    'GetObjectAsync nothing flags 0x0',
  ]);
});

test('AC-3.8 a call that is refused leaves the sink as it was, and calls nobody', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  const refused = fixture.services.async.execQueryAsync('SELEKT', sink);
  await expect(refused).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_QUERY',
    operation: 'execQueryAsync',
    extendedStatus: { ParameterInfo: 'SELEKT' },
  });
  expect(fixture.com.sinks.live).toBe(0);
  expect(sink.log).toEqual([]);
});

test('AC-3.8 a refused call takes nothing from a sink that another call has', async () => {
  await using fixture = openFixture();
  const { async } = fixture.services;
  const sink = new RecordingSink();
  await async.execQueryAsync('SELECT * FROM Fixture_Stuck WHERE Count = 3', sink);
  await sink.received(3);
  await expect(async.execQueryAsync('SELEKT', sink)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_QUERY' });
  await async.cancelAsyncCall(sink);
  expect(sink.log).toEqual(['indicate 3', 'complete 0x80041032']);
});

test('a sink and all that it was given are let go of at the end', async () => {
  await using fixture = openFixture();
  const before = fixture.liveObjects();
  const sinks = Array.from({ length: 40 }, () => new RecordingSink());
  const query = 'SELECT * FROM Fixture_Mixed WHERE Count = 30';
  await Promise.all(sinks.map((sink) => fixture.services.async.execQueryAsync(query, sink)));
  await Promise.all(sinks.map((sink) => sink.complete()));
  while (fixture.com.sinks.live > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(fixture.liveObjects()).toBe(before);
  expect(fixture.com.heldPointers).toBe(1);
  expect(sinks.every(({ objects }) => objects.length === 30)).toBe(true);
});

test('a sink that throws answers with a failure, and the service ends the call', async () => {
  await using fixture = openFixture();
  const sink = new RecordingSink();
  const warned = new Promise((resolve) => process.once('warning', resolve));
  await fixture.services.async.execQueryAsync('SELECT * FROM Fixture_Row WHERE Count = 30', {
    indicate: () => {
      throw new RangeError('the sink says no');
    },
    setStatus: (status) => sink.setStatus(status),
  });
  expect(await sink.complete()).toMatchObject({ status: 0x80004005 });
  expect(await warned).toMatchObject({ message: 'the sink says no' });
});
