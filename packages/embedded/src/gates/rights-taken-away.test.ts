import { type Ace, NamespaceRight } from '@wmisec/access';
import { defineClass, type Provider, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { tokenUser } from '../server/token-user.ts';
import { createService } from '../service/create-service.ts';
import { open, person } from '../testing.ts';

const NS = 'root\\cimv2';
const DENIED = {
  code: 'WBEM_E_ACCESS_DENIED',
  refusal: { gate: 'namespace-rights', missing: ['WBEM_ENABLE'] },
};
const thing = defineClass({
  name: 'Acme_Thing',
  qualifiers: { dynamic: true, provider: 'Things' },
  properties: { Id: { type: 'uint32', key: true } },
});
const things: Provider = {
  name: 'Things',
  classes: [thing],
  enumerate: () => [[1, 2, 3].map((Id) => ({ Id }))],
};
const ann = person('ann', { groups: [] });

let repository: Repository;
let services: WbemServices;

async function grant(mask: number, path = NS): Promise<void> {
  const ace: Ace = { type: 0, flags: 0, mask, sid: tokenUser(ann.token) };
  const descriptor = { ...INHERITING_DESCRIPTOR, dacl: { kind: 'list' as const, aces: [ace] } };
  await repository.transact((writer) => writer.putNamespace({ path, descriptor, requiresEncryption: false }));
}

beforeEach(async () => {
  repository = memoryRepository();
  const service = await createService({ providers: [things], repository });
  await grant(NamespaceRight.WBEM_ENABLE);
  services = await open(service, NS, ann);
});

const take = () => grant(NamespaceRight.WBEM_METHOD_EXECUTE);
const giveBack = () => grant(NamespaceRight.WBEM_ENABLE);

test.each<[string, (services: WbemServices) => Promise<unknown>]>([
  ['getObject', (s) => s.getObject('Acme_Thing')],
  ['execQuery', (s) => s.execQuery('SELECT * FROM Acme_Thing')],
  ['createInstanceEnum', (s) => s.createInstanceEnum('Acme_Thing')],
  ['createClassEnum', (s) => s.createClassEnum(null)],
])('a right that is taken away is missing from the next call: %s', async (operation, call) => {
  await call(services);
  await take();
  await expect(call(services)).rejects.toMatchObject({ ...DENIED, operation });
  await giveBack();
  await call(services);
});

test('an enumerator that was handed out stops as well, and goes on where it was', async () => {
  const rows = await services.createInstanceEnum('Acme_Thing');
  expect((await rows.next(1)).objects).toMatchObject([{ properties: { Id: 1 } }]);
  await take();
  for (const call of [rows.next(1), rows.skip(1), rows.reset(), rows.clone()])
    await expect(call).rejects.toMatchObject(DENIED);
  await giveBack();
  expect((await rows.next(1)).objects).toMatchObject([{ properties: { Id: 2 } }]);
});

test('openNamespace asks the namespace it is called on how the call arrives, and the child for the right', async () => {
  const child = `${NS}\\deep`;
  await grant(0x1, child);
  expect((await services.openNamespace('deep')).namespace).toBe(child);
  await grant(NamespaceRight.WBEM_METHOD_EXECUTE, child);
  await expect(services.openNamespace('deep')).rejects.toMatchObject({
    ...DENIED,
    operation: 'openNamespace',
  });
});

test('a namespace that goes away takes its connections and enumerators with it', async () => {
  const child = `${NS}\\deep`;
  await grant(0x1, child);
  const deep = await services.openNamespace('deep');
  const rows = await deep.createClassEnum(null);
  await repository.transact((writer) => writer.deleteNamespace(child));
  for (const call of [deep.getObject('__Event'), rows.next(1)])
    await expect(call).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE' });
});
