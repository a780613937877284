import type { SinkCheck } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { NativeUnsecuredApartment } from '../../src/async/native-unsecured-apartment.ts';
import { openFixture } from '../fixture.ts';
import { RecordingSink } from './recording-sink.ts';

// Wine has no Unsecapp: the fixture registers one, whose stubs check the account of whoever calls them.

const STUCK = 'SELECT * FROM Fixture_Stuck WHERE Count = 5';
const ROWS = 'SELECT * FROM Fixture_Row WHERE Count = 5';
const CANCELLED = 'complete 0x80041032';
const SOMEBODY_ELSE = 'S-1-5-20';

test('AC-3.11 without IWbemUnsecuredApartment there is an error, and no unchecked stub instead', async () => {
  await using fixture = openFixture();
  using _ = fixture.serveUnsecapp(true);
  await expect(NativeUnsecuredApartment.open(fixture.com)).rejects.toMatchObject({
    code: 'E_NOINTERFACE',
    operation: 'CoCreateInstance',
  });
  expect(fixture.takeLog()).toEqual([]);
});

test('where no Unsecapp is registered, the error says so', async () => {
  await using fixture = openFixture();
  await expect(NativeUnsecuredApartment.open(fixture.com)).rejects.toMatchObject({
    code: 'REGDB_E_CLASSNOTREG',
  });
});

test.each([
  ['default', 0],
  ['check', 1],
  ['dontCheck', 2],
] as const)('a stub with %s is made with the flag %i', async (check, flag) => {
  await using fixture = openFixture();
  using _ = fixture.serveUnsecapp();
  await using apartment = await NativeUnsecuredApartment.open(fixture.com);
  const sink = new RecordingSink();
  await using stub = await apartment.createSinkStub(sink, check);
  expect([stub.stubOf, stub.check]).toEqual([sink, check]);
  expect(fixture.takeLog()).toEqual([`CreateSinkStub 0x${flag}`]);
});

test('a check that is none is refused before anything is made', async () => {
  await using fixture = openFixture();
  using _ = fixture.serveUnsecapp();
  await using apartment = await NativeUnsecuredApartment.open(fixture.com);
  const made = apartment.createSinkStub(new RecordingSink(), 'perhaps' as SinkCheck);
  await expect(made).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  expect([fixture.takeLog(), fixture.com.sinks.live]).toEqual([[], 0]);
});

test('AC-3.3 a call is cancelled through its stub, not through the sink behind it', async () => {
  await using fixture = openFixture();
  using _ = fixture.serveUnsecapp();
  await using apartment = await NativeUnsecuredApartment.open(fixture.com);
  const { async } = fixture.services;
  const sink = new RecordingSink();
  await using stub = await apartment.createSinkStub(sink, 'check');
  await async.execQueryAsync(STUCK, stub);
  await sink.received(5);
  await expect(async.cancelAsyncCall(sink)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  await async.cancelAsyncCall(stub);
  expect(sink.log).toEqual(['indicate 5', CANCELLED]);
});

test('a stub owns its sink, and both go when the last of client and service lets go of the stub', async () => {
  await using fixture = openFixture();
  using _ = fixture.serveUnsecapp();
  const apartment = await NativeUnsecuredApartment.open(fixture.com);
  const sink = new RecordingSink();
  const stub = await apartment.createSinkStub(sink, 'check');
  expect(fixture.com.sinks.live).toBe(1);
  await apartment[Symbol.asyncDispose]();
  await fixture.services.async.execQueryAsync(STUCK, stub);
  await sink.received(5);
  await stub[Symbol.asyncDispose]();
  await stub[Symbol.asyncDispose]();
  expect(fixture.com.sinks.live).toBe(1);
  await expect(fixture.services.async.cancelAsyncCall(stub)).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
  });
  fixture.takeLog();
  await fixture.services[Symbol.asyncDispose]();
  expect(sink.log).toEqual(['indicate 5', CANCELLED]);
  expect(fixture.takeLog()).toEqual(['stub gone']);
});

test('a sink that releases its stub with its final status leaves no circle behind', async () => {
  await using fixture = openFixture();
  using _ = fixture.serveUnsecapp();
  await using apartment = await NativeUnsecuredApartment.open(fixture.com);
  const before = fixture.liveObjects();
  let released: PromiseLike<void> | undefined;
  const sink = new RecordingSink();
  const stub = await apartment.createSinkStub(
    {
      indicate: (objects) => sink.indicate(objects),
      setStatus: (status) => {
        released = stub[Symbol.asyncDispose]();
        sink.setStatus(status);
      },
    },
    'check',
  );
  await fixture.services.async.execQueryAsync(ROWS, stub);
  await sink.complete();
  await released;
  while (fixture.com.sinks.live > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(fixture.liveObjects()).toBe(before);
  expect(sink.log).toEqual(['indicate 5', 'complete 0x0']);
});

test.each([
  ['check', false, SOMEBODY_ELSE, 'refused'],
  ['check', false, 'the machine', 'delivered'],
  ['default', false, SOMEBODY_ELSE, 'delivered'],
  ['default', true, SOMEBODY_ELSE, 'refused'],
  ['dontCheck', true, SOMEBODY_ELSE, 'delivered'],
] as const)(
  'a stub with %s, checking by default %s, trusting %s: %s',
  async (check, byDefault, account, outcome) => {
    await using fixture = openFixture();
    using _ = fixture.serveUnsecapp();
    if (account === SOMEBODY_ELSE) fixture.trust(account, byDefault);
    await using apartment = await NativeUnsecuredApartment.open(fixture.com);
    const sink = new RecordingSink();
    await using stub = await apartment.createSinkStub(sink, check);
    await fixture.services.async.execQueryAsync(ROWS, stub);
    const refused = outcome === 'refused';
    if (refused)
      while (!fixture.takeLog().includes('stub refused')) await new Promise((r) => setTimeout(r, 1));
    else await sink.complete();
    expect(sink.log).toEqual(refused ? [] : ['indicate 5', 'complete 0x0']);
  },
);

test('a stub of another transport is not taken', async () => {
  await using fixture = openFixture();
  const foreign = {
    stubOf: new RecordingSink(),
    check: 'check' as const,
    [Symbol.asyncDispose]: async () => {},
  };
  const call = fixture.services.async.execQueryAsync(ROWS, foreign);
  await expect(call).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});
