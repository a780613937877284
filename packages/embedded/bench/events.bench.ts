import { encodeSecurityDescriptor, parseSddl } from '@wmisec/access';
import { defineClass } from '@wmisec/wbem';
import { createService, extrinsicEventClass } from '../src/index.ts';

const DELIVERIES = 200_000;
const EVENTS_PER_ROUND = 100;
const ROUNDS = 7;

const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32', Note: 'string' },
});
const bytes = (sddl: string) => [...encodeSecurityDescriptor(parseSddl(sddl))];

/** Events take turns: for everyone, for administrators, for people who are not there. */
const DESCRIPTORS = [null, bytes('O:BAG:BAD:(A;;0x40;;;BA)'), bytes('O:BAG:BAD:(A;;0x40;;;SY)')];
const VISIBLE = EVENTS_PER_ROUND - Math.floor(EVENTS_PER_ROUND / 3);

await using service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }] });
const REQUEST = {
  server: null,
  namespace: 'root\\cimv2',
  identity: null,
  authority: null,
  locale: null,
  useMaxWait: true,
};
const services = await service.transport().open(REQUEST);

function raiseRound(): void {
  for (let Door = 0; Door < EVENTS_PER_ROUND; Door++)
    service.raise('Acme_Alarm', { Door, Note: 'open', SECURITY_DESCRIPTOR: DESCRIPTORS[Door % 3]! });
}

/** The least that can be done: each event is put into the list of each subscriber. */
function deliverByHand(subscribers: number, rounds: number): number {
  let delivered = 0;
  for (let round = 0; round < rounds; round++) {
    const lists = Array.from({ length: subscribers }, (): object[] => []);
    for (let Door = 0; Door < VISIBLE; Door++) {
      const event = { Door, Note: 'open' };
      for (const list of lists) list.push(event);
    }
    for (const list of lists) delivered += list.length;
  }
  return delivered;
}

for (const subscribers of [1, 100, 1000]) {
  const rounds = Math.ceil(DELIVERIES / subscribers / EVENTS_PER_ROUND);
  const query = 'SELECT * FROM Acme_Alarm WHERE Note = "open"';
  const rows = await Promise.all(
    Array.from({ length: subscribers }, () => services.execNotificationQuery(query)),
  );
  const deliver = async () => {
    let delivered = 0;
    for (let round = 0; round < rounds; round++) {
      raiseRound();
      for (const each of rows) delivered += (await each.next(EVENTS_PER_ROUND)).objects.length;
    }
    return delivered;
  };
  const expected = VISIBLE * rounds * subscribers;
  if ((await deliver()) !== expected) throw new Error('not everybody got what was for them');
  const time = await median(deliver);
  const hand = await median(async () => deliverByHand(subscribers, rounds));
  const rate = Math.round((expected / time) * 1000).toLocaleString('en');
  const checked = Math.round(((EVENTS_PER_ROUND * rounds * subscribers) / time) * 1000).toLocaleString('en');
  console.log(
    `${subscribers} subscribers: ${rate} deliveries a second, ${checked} descriptors checked, ` +
      `${(time / hand).toFixed(1)} times lists without any check`,
  );
  for (const each of rows) await each[Symbol.asyncDispose]();
}
await services[Symbol.asyncDispose]();

if (globalThis.gc !== undefined) console.log(`memory after ${await manyDeliveries()} deliveries`);

/** Ten million deliveries to a hundred, and what the heap has grown by between the first tenth and the last. */
async function manyDeliveries(): Promise<string> {
  const connection = await service.transport().open(REQUEST);
  const rows = await Promise.all(
    Array.from({ length: 100 }, () => connection.execNotificationQuery('SELECT * FROM Acme_Alarm')),
  );
  const heaps: number[] = [];
  const rounds = Math.ceil(10_000_000 / VISIBLE / rows.length);
  for (let round = 0; round < rounds; round++) {
    raiseRound();
    for (const each of rows) await each.next(EVENTS_PER_ROUND);
    if (round % Math.ceil(rounds / 10) === 0) heaps.push(usedHeap());
  }
  const growth = (heaps.at(-1)! - heaps[1]!) / 1024 / 1024;
  await connection[Symbol.asyncDispose]();
  return `${(rounds * VISIBLE * rows.length).toLocaleString('en')} (heap ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MB)`;
}

function usedHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}
