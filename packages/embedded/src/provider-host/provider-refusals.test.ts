import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ComStatus, defineClass, type Provider, type Refusal, WbemError, WbemStatus } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REFUSAL_CHANNEL, type RefusalRecord } from '../audit/refusal-record.ts';
import { createService } from '../service/create-service.ts';
import { all, open, person } from '../testing.ts';

const dynamic = { dynamic: true, provider: 'Safes' };
const box = defineClass({
  name: 'Acme_Box',
  qualifiers: dynamic,
  properties: { Id: { type: 'uint32', key: true } },
});
const safe = defineClass({
  name: 'Acme_Safe',
  superclass: box,
  qualifiers: dynamic,
  methods: { Unlock: { static: true, returns: 'uint32' } },
});

let records: RefusalRecord[];
const listen = (record: unknown) => void records.push(record as RefusalRecord);

beforeEach(() => {
  records = [];
  subscribe(REFUSAL_CHANNEL, listen);
});

afterEach(() => {
  unsubscribe(REFUSAL_CHANNEL, listen);
});

/** A connection to boxes that are there, and safes that are refused, the second batch of them too. */
async function openSafes(status: number, refusal?: Refusal) {
  const refuse = () => {
    throw new WbemError(status, 'not for you', { refusal });
  };
  const safes: Provider = {
    name: 'Safes',
    classes: [box, safe],
    *enumerate(className) {
      yield [{ Id: className === 'Acme_Box' ? 1 : 2 }];
      if (className === 'Acme_Safe') refuse();
    },
    getInstance: async (className) => (className === 'Acme_Box' ? null : refuse()),
    putInstance: refuse,
    deleteInstance: refuse,
    execMethod: refuse,
  };
  return open(
    await createService({ providers: [safes] }),
    'root\\cimv2',
    person('ann', { groups: ['S-1-5-32-544'] }),
  );
}

const { WBEM_E_ACCESS_DENIED } = WbemStatus;

test.each([WBEM_E_ACCESS_DENIED, WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD, ComStatus.E_ACCESSDENIED])(
  'a provider that refuses with 0x%x is audited as the gate `provider`, once',
  async (status) => {
    const services = await openSafes(status);
    await expect(services.getObject('Acme_Safe=1')).rejects.toMatchObject({ hresult: status });
    expect(records).toMatchObject([
      {
        operation: 'getObject',
        namespace: 'root\\cimv2',
        principal: { name: 'ann' },
        gate: 'provider',
        missing: [],
        ace: null,
        fix: null,
        status,
      },
    ]);
  },
);

test('what the error of the provider says is missing is in the record', async () => {
  const refusal = {
    gate: 'vault',
    missing: ['KEY'],
    ace: { index: 1, sddl: '(D;;CC;;;WD)' },
    fix: 'bring it',
  };
  const services = await openSafes(WBEM_E_ACCESS_DENIED, refusal);
  await expect(services.getObject('Acme_Safe=1')).rejects.toMatchObject({ refusal });
  expect(records).toMatchObject([{ ...refusal, gate: 'provider' }]);
});

test('every way to a provider is heard, each call once', async () => {
  const services = await openSafes(WBEM_E_ACCESS_DENIED);
  const calls = {
    getObject: () => services.getObject('Acme_Safe=1'),
    deleteInstance: () => services.deleteInstance('Acme_Safe=1'),
    execMethod: () => services.execMethod('Acme_Safe', 'Unlock'),
    createInstanceEnum: () => all(services.createInstanceEnum('Acme_Safe')),
    execQuery: () => all(services.execQuery('SELECT * FROM Acme_Safe')),
  };
  for (const call of Object.values(calls)) await expect(call()).rejects.toThrow('not for you');
  expect(records.map(({ operation }) => operation)).toEqual(Object.keys(calls));
});

test('a write that is refused', async () => {
  const services = await openSafes(WBEM_E_ACCESS_DENIED);
  const [object] = await all(services.createInstanceEnum('Acme_Box', { deep: false }));
  await expect(services.putInstance(object!)).rejects.toThrow('not for you');
  expect(records.map(({ operation }) => operation)).toEqual(['putInstance']);
});

test('rows that are asked for again after the refusal are no refusal more', async () => {
  const rows = await (await openSafes(WBEM_E_ACCESS_DENIED)).createInstanceEnum('Acme_Safe');
  expect((await rows.next(1)).objects).toHaveLength(1);
  await expect(rows.next(1)).rejects.toThrow();
  await expect(rows.next(1)).rejects.toThrow();
  expect(records).toHaveLength(1);
});

test('a class below that is refused is audited, and the others give their rows', async () => {
  const rows = await (await openSafes(WBEM_E_ACCESS_DENIED)).execQuery('SELECT * FROM Acme_Box');
  expect(await all(rows)).toHaveLength(2);
  expect(rows.status).toBe(WbemStatus.WBEM_S_ACCESS_DENIED);
  expect(records).toMatchObject([{ gate: 'provider', status: WBEM_E_ACCESS_DENIED }]);
});

test('other errors of a provider are no refusals', async () => {
  const services = await openSafes(WbemStatus.WBEM_E_NOT_FOUND);
  await expect(services.getObject('Acme_Safe=1')).rejects.toThrow();
  expect(records).toEqual([]);
});
