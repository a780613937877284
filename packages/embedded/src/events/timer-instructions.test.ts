import { type CimClass, instanceOf, parseDateTime, type WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryRepository } from '../repository/memory-repository.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { open, person } from '../testing.ts';
import { ManualTimers, received } from './testing.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const NS = 'root\\default';

let timers: ManualTimers;
let service: EmbeddedService;
let services: WbemServices;

const start = (repository = memoryRepository()) =>
  createService({ providers: [], repository, timers, clock: { now: () => NOW } });

beforeEach(async () => {
  timers = new ManualTimers();
  service = await start();
  services = await open(service, NS);
});

afterEach(() => service[Symbol.asyncDispose]());

async function put(className: string, properties: Record<string, unknown>, on = services): Promise<void> {
  const cls = (await on.getObject(className)) as CimClass;
  await on.putInstance(instanceOf(cls, { TimerId: 'tick', ...properties }));
}

const interval = (IntervalBetweenEvents: number, more = {}) =>
  put('__IntervalTimerInstruction', { IntervalBetweenEvents, ...more });
const once = (text: string, more = {}) =>
  put('__AbsoluteTimerInstruction', { EventDateTime: parseDateTime(text), ...more });
const subscribe = () => services.execNotificationQuery('SELECT * FROM __TimerEvent WHERE TimerId = "tick"');
const firings = async (rows: Awaited<ReturnType<typeof subscribe>>) =>
  (await received(rows)).map(({ properties }) => properties['NumFirings']);

test('an interval timer fires again and again, until its instruction is deleted', async () => {
  const rows = await subscribe();
  await interval(1000);
  await timers.advance(2999);
  expect(await firings(rows)).toEqual([1, 1]);
  await services.deleteInstance('__IntervalTimerInstruction.TimerId="tick"');
  await timers.advance(5000);
  expect(await firings(rows)).toEqual([]);
  expect(timers.waiting).toBe(0);
});

test('an instruction that is changed fires by its new interval only', async () => {
  const rows = await subscribe();
  await interval(1000);
  await interval(5000);
  await timers.advance(5000);
  expect(await firings(rows)).toEqual([1]);
});

test('firings that nobody was told of are merged into the next event, or skipped', async () => {
  await interval(1000);
  await timers.advance(3000);
  const rows = await subscribe();
  await timers.advance(2000);
  expect(await firings(rows)).toEqual([4, 1]);
  await rows[Symbol.asyncDispose]();
  await interval(1000, { SkipIfPassed: true });
  await timers.advance(3000);
  const later = await subscribe();
  await timers.advance(1000);
  expect(await firings(later)).toEqual([1]);
});

test('an absolute timer fires once, at its time', async () => {
  const rows = await subscribe();
  await once('20260101000010.000000+000');
  await timers.advance(9999);
  expect(await firings(rows)).toEqual([]);
  await timers.advance(60_000);
  expect(await firings(rows)).toEqual([1]);
});

test('a time that has passed fires at once, unless it is to be skipped', async () => {
  const rows = await subscribe();
  await once('20251231000000.000000+000', { SkipIfPassed: true });
  await timers.advance(1000);
  expect(await firings(rows)).toEqual([]);
  await once('20251231000000.000000+000');
  await timers.advance(0);
  expect(await firings(rows)).toEqual([1]);
});

test('instructions are followed again by the next service on their repository', async () => {
  const repository = Object.assign(memoryRepository(), { [Symbol.asyncDispose]: async () => {} });
  const first = await start(repository);
  await put('__IntervalTimerInstruction', { IntervalBetweenEvents: 1000 }, await open(first, NS));
  await first[Symbol.asyncDispose]();
  expect(timers.waiting).toBe(0);
  await using second = await start(repository);
  const rows = await (await open(second, NS)).execNotificationQuery('SELECT * FROM __TimerEvent');
  await timers.advance(1000);
  expect(await firings(rows)).toEqual([1]);
});

test('a namespace that is deleted takes its timers along', async () => {
  const root = await open(service, 'root');
  const namespaceClass = (await root.getObject('__Namespace')) as CimClass;
  await root.putInstance(instanceOf(namespaceClass, { Name: 'lab' }));
  await put('__IntervalTimerInstruction', { IntervalBetweenEvents: 1 }, await open(service, 'root\\lab'));
  expect(timers.waiting).toBe(1);
  await root.deleteInstance('__Namespace.Name="lab"');
  expect(timers.waiting).toBe(0);
});

test('a namespace that somebody else deleted ends nothing but its timers', async () => {
  const repository = Object.assign(memoryRepository(), { [Symbol.asyncDispose]: async () => {} });
  await using shared = await start(repository);
  const rows = await (await open(shared, NS)).execNotificationQuery('SELECT * FROM __TimerEvent');
  await put('__IntervalTimerInstruction', { IntervalBetweenEvents: 1000 }, await open(shared, NS));
  await repository.transact((writer) => writer.deleteNamespace(NS));
  await timers.advance(1000);
  await expect(rows.next(1)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE' });
});

test('an instruction needs the right to write to the repository in full', async () => {
  services = await open(service, NS, person('ann'));
  await expect(interval(1000)).rejects.toMatchObject({
    code: 'WBEM_E_ACCESS_DENIED',
    refusal: { missing: ['WBEM_FULL_WRITE_REP'] },
  });
  expect(timers.waiting).toBe(0);
});
