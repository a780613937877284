import { parseSddl } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EmbeddedService, RaiseOptions } from '../service/create-service.ts';
import { person } from '../testing.ts';
import { adm, ann, install, pagingService, settled } from './testing.ts';

const FROM_ADMINISTRATORS = 'O:BAG:BAD:(A;;0x80;;;BA)';

let service: EmbeddedService;
let paged: CimInstance[];

beforeEach(async () => {
  paged = [];
  service = await pagingService((event) => void paged.push(event));
});

afterEach(() => service[Symbol.asyncDispose]());

async function doors(): Promise<unknown[]> {
  await settled();
  return paged.map(({ properties }) => properties['Door']);
}

const raise = (Door: number, options: RaiseOptions) => service.raise('Acme_Alarm', { Door }, options);
const ownedBy = (owner: string) => parseSddl(`O:${owner}G:${owner}D:(A;;0x40;;;WD)`);

test('AC-5.4 an event reaches a filter for administrators only when one has raised it', async () => {
  await install(service, { filter: { EventAccess: FROM_ADMINISTRATORS } });
  raise(1, { as: ann });
  raise(2, { as: adm });
  raise(3, {});
  expect(await doors()).toEqual([2, 3]);
});

test('AC-5.4 the owner of the sink does not stand in for who raised it, nor the other way round', async () => {
  await install(service, { filter: { EventAccess: FROM_ADMINISTRATORS } });
  raise(1, { as: ann, sinkSecurity: ownedBy('BA') });
  raise(2, { as: adm, sinkSecurity: ownedBy(String(ann.token.user)) });
  raise(3, { as: adm, sinkSecurity: ownedBy('BA') });
  raise(4, { as: adm, sinkSecurity: ownedBy(String(adm.token.user)) });
  expect(await doors()).toEqual([3, 4]);
});

test('AC-5.4 a sink whose owner cannot be known lets nothing into a filter that asks', async () => {
  await install(service, { filter: { EventAccess: 'O:BAG:BAD:(A;;0x80;;;WD)' } });
  raise(1, { as: adm, sinkSecurity: ownedBy('S-1-5-21-9-9-9-1000') });
  raise(2, { as: adm, sinkSecurity: ownedBy('BA') });
  expect(await doors()).toEqual([2]);
});

test('AC-5.12 without EventAccess, and with one that has no list, anybody publishes', async () => {
  await install(service);
  await install(service, { filter: { Name: 'g', EventAccess: 'O:BAG:BAD:NO_ACCESS_CONTROL' } });
  raise(1, { as: ann });
  raise(2, { as: person('nobody', { groups: [] }) });
  expect((await doors()).sort()).toEqual([1, 1, 2, 2]);
});

test('AC-5.12 with an empty list nobody publishes, not even an administrator', async () => {
  await install(service, { filter: { EventAccess: 'O:BAG:BAD:' } });
  raise(1, { as: adm });
  expect(await doors()).toEqual([]);
});

test('only WBEM_RIGHT_PUBLISH lets an event in', async () => {
  await install(service, { filter: { EventAccess: 'O:BAG:BAD:(A;;0x6007f;;;WD)' } });
  raise(1, { as: adm });
  expect(await doors()).toEqual([]);
});

test('the events of changes are published by the service, LocalSystem', async () => {
  const query = { Query: 'SELECT * FROM __InstanceCreationEvent', EventNamespace: null };
  await install(service, { filter: { ...query, Name: 'sy', EventAccess: 'O:BAG:BAD:(A;;0x80;;;SY)' } });
  await install(service, { filter: { ...query, Name: 'ls', EventAccess: 'O:BAG:BAD:(A;;0x80;;;LS)' } });
  await settled();
  paged = [];
  await install(service, { filter: { Name: 'h' }, consumer: { Name: 'd' } });
  await settled();
  expect(paged).toHaveLength(3);
});
