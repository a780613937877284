import { createService, type EmbeddedService } from '@wmisec/embedded';
import { defineProvider, type EventDefinition, type EventSource, eventSchema } from '@wmisec/provider';
import { type CimInstance, type EnumWbemClassObject, WbemError, type WbemServices } from '@wmisec/wbem';
import { afterEach, expect, test } from 'vitest';
import { openAs } from './open-as.ts';
import { PEOPLE } from './provider-people.ts';

const opened = eventSchema({ name: 'Acme_DoorOpened', properties: { Door: 'uint32' } });
const QUERY = 'SELECT * FROM Acme_DoorOpened';
const { administrator, reader } = PEOPLE;

let service: EmbeddedService;
let source: EventSource;
afterEach(() => service[Symbol.asyncDispose]());

function takeSource(given: EventSource): void {
  source = given;
}

async function start(events: Partial<EventDefinition> = {}, security?: string) {
  const definition = defineProvider({
    name: 'Doors',
    ...(security !== undefined && { security }),
    events: { classes: [opened], start: takeSource, ...events },
  });
  service = await createService({ providers: [definition] });
}

async function subscribe(who: typeof administrator): Promise<EnumWbemClassObject> {
  const services: WbemServices = await openAs(service, who);
  return services.execNotificationQuery(QUERY);
}

async function doorsOf(rows: EnumWbemClassObject): Promise<unknown[]> {
  try {
    const { objects } = await rows.next(100, { timeoutMs: 5 });
    return objects.map(({ properties }: CimInstance) => properties['Door']);
  } catch (error) {
    if (error instanceof WbemError && error.code === 'WBEM_E_TIMED_OUT') return [];
    throw error;
  }
}

test('AC-5.1 without a policy administrators subscribe, and others fail to', async () => {
  await start();
  await expect(subscribe(reader)).rejects.toMatchObject({ hresult: 0x80041003 });
  const rows = await subscribe(administrator);
  source.raise(opened, { Door: 1 });
  expect(await doorsOf(rows)).toEqual([1]);
});

test('a check of its own narrows the policy, and never widens it', async () => {
  await start({ accessCheck: (_query, { caller }) => (caller?.name === 'reader' ? 'deny' : 'admit') });
  await subscribe(administrator);
  await expect(subscribe(reader)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
  await service[Symbol.asyncDispose]();
  await start({ accessCheck: () => 'admit' });
  await expect(subscribe(reader)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
});

test('AC-5.10 a provider that leaves it to its events is filtered by the descriptor of each', async () => {
  await start({ accessCheck: () => 'perEvent' }, 'O:BAG:BAD:(A;;0x40;;;AU)');
  const [all, some] = [await subscribe(administrator), await subscribe(reader)];
  source.raise(opened, { Door: 1 });
  source.raise(opened, { Door: 2 }, { security: 'O:BAG:BAD:(A;;0x40;;;BA)' });
  expect([await doorsOf(all), await doorsOf(some)]).toEqual([[1, 2], [1]]);
});

test('AC-5.2 a source of its own security keeps its events from who lacks the right, silently', async () => {
  await start({ security: 'O:BAG:BAD:(A;;0x40;;;BA)' }, 'O:BAG:BAD:(A;;0x40;;;AU)');
  const [all, some] = [await subscribe(administrator), await subscribe(reader)];
  source.raise(opened, { Door: 1 });
  source.restrict([`${QUERY} WHERE Door = 2`], 'O:BAG:BAD:(A;;0x40;;;AU)').raise(opened, { Door: 2 });
  expect([await doorsOf(all), await doorsOf(some)]).toEqual([[1, 2], [2]]);
});

test('a provider hears who listens, and a restricted source knows it', async () => {
  const told: unknown[] = [];
  await start({
    newQuery: (id, query) => void told.push([id, query]),
    cancelQuery: (id) => void told.push(id),
  });
  const restricted = source.restrict([QUERY]);
  expect(restricted.isActive()).toBe(false);
  const rows = await subscribe(administrator);
  expect(restricted.isActive()).toBe(true);
  await rows[Symbol.asyncDispose]();
  expect(told).toEqual([[1, QUERY], 1]);
});
