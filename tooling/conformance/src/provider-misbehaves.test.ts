import { createService, type EmbeddedService } from '@wmisec/embedded';
import { classSchema, defineProvider, type EventSource, eventSchema, serve } from '@wmisec/provider';
import { WbemError, type WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { doorsProvider } from './doors-provider.ts';
import { openAs } from './open-as.ts';
import { PEOPLE } from './provider-people.ts';

const rogue = classSchema({
  name: 'Acme_Rogue',
  properties: { Id: { type: 'uint32', key: true }, Size: 'uint8' },
  methods: { Do: { static: true, in: { What: 'string' }, returns: 'uint32' } },
});
const noise = eventSchema({ name: 'Acme_Noise', properties: { Text: 'string' } });

/** Hangs, throws, gives what does not fit, and floods, as it is told. */
const ROWS: Readonly<Record<string, () => unknown>> = {
  hangs: () => new Promise(() => {}),
  throws: () => {
    throw new Error('broken');
  },
  'gives text for a number': () => [{ Id: 'one' }],
  'gives a number that is too large': () => [{ Id: 1, Size: 256 }],
  'gives no row at all': () => [null],
  'gives something else than rows': () => 42,
};

let rows: () => unknown;
let source: EventSource;
let service: EmbeddedService;
let services: WbemServices;

function takeSource(given: EventSource): void {
  source = given;
}

/** What its method does. */
const DEEDS: Readonly<Record<string, () => unknown>> = {
  hang: () => new Promise(() => {}),
  lie: () => 'yes',
};

beforeEach(async () => {
  const definition = defineProvider({
    name: 'Rogue',
    classes: [
      serve(rogue, {
        enumerate: () => rows() as never,
        methods: {
          Do: ({ What }) => DEEDS[String(What)]?.() as never,
        },
      }),
    ],
    events: { classes: [noise], start: takeSource },
  });
  service = await createService({ providers: [definition, doorsProvider()] });
  services = await openAs(service, PEOPLE.administrator);
});
afterEach(() => service[Symbol.asyncDispose]());

/** Somebody else is served as ever. */
async function othersAreServed(): Promise<void> {
  await using theirs = await openAs(service, PEOPLE.reader);
  const { returnValue } = await theirs.execMethod('Acme_Door', 'Count');
  expect(returnValue).toBe(2);
}

test.each(Object.keys(ROWS))('a provider that %s harms its own call alone', async (what) => {
  rows = ROWS[what]!;
  await using found = await services.createInstanceEnum('Acme_Rogue');
  const error: unknown = await found.next(1, { timeoutMs: 50 }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(WbemError);
  expect(error).toMatchObject({
    code: what === 'hangs' ? 'WBEM_E_TIMED_OUT' : 'WBEM_E_PROVIDER_FAILURE',
  });
  await othersAreServed();
});

test('a provider that floods with rows is read no further than somebody asks, and others get their turn', async () => {
  let given = 0;
  rows = function* () {
    for (;;) yield Array.from({ length: 100 }, () => ({ Id: ++given }));
  };
  await using found = await services.createInstanceEnum('Acme_Rogue');
  const { objects } = await found.next(1000);
  expect(objects).toHaveLength(1000);
  await othersAreServed();
  expect(given).toBeLessThan(3000);
});

test('a method that hangs is left behind when its time is up, and one that lies fails', async () => {
  const hanging = services.execMethod('Acme_Rogue', 'Do', { What: 'hang' }, { timeoutMs: 20 });
  await expect(hanging).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
  const lying = services.execMethod('Acme_Rogue', 'Do', { What: 'lie' });
  await expect(lying).rejects.toMatchObject({ code: 'WBEM_E_PROVIDER_FAILURE' });
  await othersAreServed();
});

test('a provider that floods with events fills the queue of its subscriber, who is told what was lost', async () => {
  await using subscribed = await services.execNotificationQuery('SELECT * FROM Acme_Noise');
  const Text = 'x'.repeat(1024 * 1024);
  for (let i = 0; i < 50; i++) source.raise(noise, { Text });
  const { lost } = service.eventCounts();
  expect(lost).toBeGreaterThan(0);
  const { objects, status } = await subscribed.next(100);
  expect([objects.length + lost, status]).toEqual([50, 0x0004_0010]);
  await othersAreServed();
});
