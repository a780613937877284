import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@wmisec/auth';
import { AuthnLevel, WbemStatus } from '@wmisec/wbem';
import { afterEach, expect, inject, test } from 'vitest';
import { dangerouslyReceiveUnchecked, receive, receiveInApartment, type WatchItem } from '../src/index.ts';
import { type FixtureService, serveFixture } from './fixture-service.ts';

// Wine has no Unsecapp, and no proxy for sinks: the fixture has both.

const ALARMS = 'SELECT * FROM Fixture_Alarm';
const SOMEBODY_ELSE = 'S-1-5-20';
const programs = inject('programs');
const own = {
  apartment: { program: new URL('apartment-program.js', programs) },
  program: new URL('marshalled-sink-program.js', programs),
};

let service: FixtureService;

afterEach(() => {
  service[Symbol.dispose]();
});

/** The doors of alarms, as they come. */
function doors() {
  const opened: number[] = [];
  const handler = (item: WatchItem<{ Door: number }>) => {
    if (item.kind === 'event') opened.push(item.event.Door);
  };
  const until = async (count: number) => {
    while (opened.length < count) await sleep(1);
    return opened;
  };
  return { opened, handler, until };
}

test('AC-3.3 receiving ends with the stub: one call to cancel, and stub and apartment released', async () => {
  service = serveFixture();
  await using connection = await connect('root\\fixture');
  const before = service.liveObjects();
  service.takeLog();
  const { opened, handler, until } = doors();
  const receiver = await receive(connection, ALARMS, handler);
  await service.raise(1);
  await until(1);
  await receiver[Symbol.asyncDispose]();
  await receiver.ended;
  await service.raise(2);
  while (service.liveObjects() > before) await sleep(1);
  expect(opened).toEqual([1]);
  const log = service.takeLog();
  expect(log.slice(0, 3)).toEqual([
    'CreateSinkStub 0x1',
    `ExecNotificationQueryAsync ${ALARMS} flags 0x0`,
    'CancelAsyncCall',
  ]);
  expect(log.slice(3).toSorted()).toEqual(['apartment gone', 'stub gone']);
});

test('AC-3.11 without stubs that check, nothing is subscribed to', async () => {
  service = serveFixture(true);
  await using connection = await connect('root\\fixture');
  service.takeLog();
  await expect(receive(connection, ALARMS, () => {})).rejects.toMatchObject({ code: 'E_NOINTERFACE' });
  expect(service.takeLog()).toEqual([]);
});

test('what another account than the machine sends is not received, unless asked for by its dangerous name', async () => {
  service = serveFixture();
  service.trust(SOMEBODY_ELSE);
  await using connection = await connect('root\\fixture');
  const [checked, unchecked] = [doors(), doors()];
  await using _ = await receive(connection, ALARMS, checked.handler);
  await using __ = await dangerouslyReceiveUnchecked(connection, ALARMS, unchecked.handler);
  await service.raise(1);
  expect(await unchecked.until(1)).toEqual([1]);
  while (!service.takeLog().includes('stub refused')) await sleep(1);
  expect(checked.opened).toEqual([]);
});

test('a failure of the service ends receiving with its error', async () => {
  service = serveFixture();
  await using connection = await connect('root\\fixture');
  const receiver = await receive(connection, ALARMS, () => {});
  service.answerSubscriptions(WbemStatus.WBEM_E_QUOTA_VIOLATION);
  await expect(receiver.ended).rejects.toMatchObject({
    code: 'WBEM_E_QUOTA_VIOLATION',
    operation: 'receive',
  });
});

test('AC-5.11 a class that is no event is told when the call has begun', async () => {
  service = serveFixture();
  await using connection = await connect('root\\fixture');
  const receiver = await receive(connection, 'SELECT * FROM Fixture_Row', () => {});
  await expect(receiver.ended).rejects.toMatchObject({ hresult: 0x80041059 });
});

test('an apartment of ours receives from whom its policy names, and releases all with the receiver', async () => {
  service = serveFixture();
  await using connection = await connect('root\\fixture');
  const before = service.liveObjects();
  service.takeLog();
  const policy = {
    rule: { kind: 'descriptor', sddl: 'O:BAG:BAD:(A;;0x1;;;BA)', desired: 1 },
    minimumAuthnLevel: AuthnLevel.PktPrivacy,
  } as const;
  const { opened, handler, until } = doors();
  const receiver = await receiveInApartment(connection, ALARMS, handler, { policy, ...own });
  await service.raise(1);
  await service.raise(2);
  expect(await until(2)).toEqual([1, 2]);
  await receiver[Symbol.asyncDispose]();
  await service.raise(3);
  expect(opened).toEqual([1, 2]);
  expect(service.takeLog()).not.toContain('CreateSinkStub 0x1');
  while (service.liveObjects() > before) await sleep(1);
});
