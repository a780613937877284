import { defineClass, type ObjectSink, type WbemServices } from '@wmisec/wbem';
import { createService, extrinsicEventClass } from '../src/index.ts';

const SUBSCRIBERS = 100;
const EVENTS_PER_ROUND = 100;
const ROUNDS_PER_RUN = 20;
const RUNS = 7;
const EXPECTED = SUBSCRIBERS * EVENTS_PER_ROUND * ROUNDS_PER_RUN;
const QUERY = 'SELECT * FROM Acme_Alarm';

const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});
await using service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }] });
const transport = service.transport();
const REQUEST = {
  ...{ server: null, namespace: 'root\\cimv2', identity: null, authority: null, locale: null },
  useMaxWait: true,
};

function raiseRound(): void {
  for (let Door = 0; Door < EVENTS_PER_ROUND; Door++) service.raise('Acme_Alarm', { Door });
}

/** The client asks. */
async function throughEnumerators(services: WbemServices): Promise<() => Promise<void>> {
  const subscriptions = Array.from({ length: SUBSCRIBERS }, () => services.execNotificationQuery(QUERY));
  const rows = await Promise.all(subscriptions);
  return async () => {
    let delivered = 0;
    for (let round = 0; round < ROUNDS_PER_RUN; round++) {
      raiseRound();
      for (const each of rows) delivered += (await each.next(EVENTS_PER_ROUND)).objects.length;
    }
    if (delivered !== EXPECTED) throw new Error(`${delivered} events were delivered`);
  };
}

/** The service calls, and each stub checks who does. */
async function throughStubs(services: WbemServices): Promise<() => Promise<void>> {
  let delivered = 0;
  const sink = (): ObjectSink => ({
    indicate: (objects) => {
      delivered += objects.length;
    },
    setStatus: () => {},
  });
  const apartment = await transport.unsecuredApartment();
  for (let i = 0; i < SUBSCRIBERS; i++)
    await services.async?.execNotificationQueryAsync(QUERY, await apartment.createSinkStub(sink(), 'check'));
  return async () => {
    delivered = 0;
    for (let round = 1; round <= ROUNDS_PER_RUN; round++) {
      raiseRound();
      while (delivered < SUBSCRIBERS * EVENTS_PER_ROUND * round)
        await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

/** Milliseconds of the run in the middle. */
async function timeOf(prepare: (services: WbemServices) => Promise<() => Promise<void>>): Promise<number> {
  await using services = await transport.open(REQUEST);
  const run = await prepare(services);
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1]!;
}

const asked = await timeOf(throughEnumerators);
const called = await timeOf(throughStubs);
const rate = Math.round((EXPECTED / called) * 1000).toLocaleString('en');
console.log(
  `${SUBSCRIBERS} sinks behind stubs that check: ${rate} deliveries a second, ` +
    `${(called / asked).toFixed(1)} times as long as enumerators`,
);
