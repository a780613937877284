import { type Ace, NamespaceRight, type Principal } from '@wmisec/access';
import { defineClass, ImpLevel, instanceOf, type Provider, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { INHERITING_DESCRIPTOR, ROOT_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { tokenUser } from '../server/token-user.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, all, DCOM_USERS, open, person } from '../testing.ts';

const NS = 'root\\cimv2';
const ACCESS_DENIED = { hresult: 0x80041003, code: 'WBEM_E_ACCESS_DENIED' };

const door = defineClass({ name: 'Acme_Door', properties: { Id: { type: 'uint32', key: true } } });
const sensor = defineClass({
  name: 'Acme_Sensor',
  qualifiers: { dynamic: true, provider: 'Sensors' },
  properties: { Id: { type: 'uint32', key: true } },
  methods: { Reset: { static: true }, Burn: { static: true, qualifiers: { disabled: true } } },
});
const sensors: Provider = {
  name: 'Sensors',
  classes: [sensor],
  enumerate: () => [[{ Id: 1 }]],
  putInstance: async () => {},
  deleteInstance: async () => {},
  execMethod: async () => ({ returnValue: null, outParams: {} }),
};

let repository: Repository;
let service: EmbeddedService;
let owner: WbemServices;

beforeEach(async () => {
  repository = memoryRepository();
  service = await createService({ providers: [sensors], repository });
  owner = await open(service, NS);
  await owner.putClass(door);
});

/** Replaces the entries of root\cimv2 itself. */
async function grant(who: Principal, mask: number): Promise<void> {
  const ace: Ace = { type: 0, flags: 0, mask, sid: tokenUser(who.token) };
  const descriptor = { ...INHERITING_DESCRIPTOR, dacl: { kind: 'list' as const, aces: [ace] } };
  await repository.transact((writer) =>
    writer.putNamespace({ path: NS, descriptor, requiresEncryption: false }),
  );
}

const filter = async () => {
  const cls = await owner.getObject('__EventFilter');
  if (cls.kind !== 'class') throw new TypeError('not a class');
  return instanceOf(cls, { Name: 'f', Query: 'SELECT * FROM __Event', QueryLanguage: 'WQL' });
};

test('AC-9.1 an authenticated user reads, calls methods and writes to providers, and no more', async () => {
  const ann = await open(service, NS, person('ann'));
  expect(await all(ann.createInstanceEnum('Acme_Sensor'))).toHaveLength(1);
  await ann.execMethod('Acme_Sensor', 'Reset');
  await ann.putInstance(instanceOf(sensor, { Id: 1 }));
  for (const call of [
    ann.putClass(defineClass({ name: 'Acme_New' })),
    ann.deleteClass('Acme_Door'),
    ann.putInstance(instanceOf(door, { Id: 1 })),
    ann.putInstance(await filter()),
  ])
    await expect(call).rejects.toMatchObject(ACCESS_DENIED);
});

test.each([
  ['an authenticated user', person('ann'), 0x13],
  ['an elevated administrator', person('root', { groups: [AUTHENTICATED_USERS, ADMINISTRATORS] }), 0x6003f],
])('AC-9.2 GetCallerAccessRights tells %s the rights in force', async (_who, as, rights) => {
  const services = await open(service, NS, as);
  expect(await services.execMethod('__SystemSecurity=@', 'GetCallerAccessRights')).toEqual({
    returnValue: 0,
    outParams: { rights },
  });
});

test('AC-9.2 GetCallerAccessRights needs no right to call methods', async () => {
  const ann = person('ann', { groups: [] });
  await grant(ann, NamespaceRight.WBEM_ENABLE);
  const services = await open(service, NS, ann);
  const { outParams } = await services.execMethod('__SystemSecurity', 'GetCallerAccessRights');
  expect(outParams.rights).toBe(0x1);
  await expect(services.execMethod('Acme_Sensor', 'Reset')).rejects.toMatchObject(ACCESS_DENIED);
});

test('there is no guest: who is granted nothing does not even connect, and is told why', async () => {
  const guest = person('guest', { groups: ['S-1-5-32-546'] });
  await expect(open(service, NS, guest)).rejects.toMatchObject({
    ...ACCESS_DENIED,
    operation: 'open',
    refusal: { gate: 'namespace-rights', missing: ['WBEM_ENABLE'] },
  });
  expect(() => service.transport({ as: 'guest' })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_PRINCIPAL' }),
  );
});

test('AC-14.2 partial write puts static instances of ordinary classes, not of system classes', async () => {
  const ann = person('ann', { groups: [] });
  await grant(ann, 0x9);
  const services = await open(service, NS, ann);
  await services.putInstance(instanceOf(door, { Id: 1 }));
  await services.deleteInstance('Acme_Door=1');
  await expect(services.putInstance(await filter())).rejects.toMatchObject({
    ...ACCESS_DENIED,
    refusal: { gate: 'namespace-rights', missing: ['WBEM_FULL_WRITE_REP'] },
  });
});

test('AC-14.6 a disabled method is disabled for administrators too', async () => {
  await expect(owner.execMethod('Acme_Sensor', 'Burn')).rejects.toMatchObject({ hresult: 0x80041056 });
  await expect(owner.execMethod('__SystemSecurity', 'Get9XUserList')).rejects.toMatchObject({
    hresult: 0x80041056,
  });
});

test('AC-14.7 the same token without remote enable is let in locally and refused from afar', async () => {
  const local = person('ann', { groups: [AUTHENTICATED_USERS, DCOM_USERS] });
  expect((await open(service, NS, local)).namespace).toBe(NS);
  await expect(open(service, NS, { ...local, remote: true })).rejects.toMatchObject({
    ...ACCESS_DENIED,
    refusal: { missing: ['WBEM_REMOTE_ACCESS'] },
  });
});

interface Row {
  readonly name: string;
  readonly rights: number;
  readonly run: (services: WbemServices) => Promise<unknown>;
}

const { WBEM_ENABLE, WBEM_METHOD_EXECUTE, WBEM_FULL_WRITE_REP, WBEM_PARTIAL_WRITE_REP, WBEM_WRITE_PROVIDER } =
  NamespaceRight;

/** docs/rules.md 14, read off by hand. */
const MATRIX: readonly Row[] = [
  { name: 'getObject', rights: WBEM_ENABLE, run: (s) => s.getObject('Acme_Door') },
  { name: 'createClassEnum', rights: WBEM_ENABLE, run: (s) => s.createClassEnum(null) },
  { name: 'createInstanceEnum', rights: WBEM_ENABLE, run: (s) => s.createInstanceEnum('Acme_Door') },
  { name: 'execQuery', rights: WBEM_ENABLE, run: (s) => s.execQuery('SELECT * FROM Acme_Door') },
  {
    name: 'execMethod',
    rights: WBEM_ENABLE | WBEM_METHOD_EXECUTE,
    run: (s) => s.execMethod('Acme_Sensor', 'Reset'),
  },
  {
    name: 'putClass static',
    rights: WBEM_ENABLE | WBEM_FULL_WRITE_REP,
    run: (s) => s.putClass(defineClass({ name: 'Acme_New' })),
  },
  {
    name: 'putClass dynamic',
    rights: WBEM_ENABLE | WBEM_WRITE_PROVIDER,
    run: (s) =>
      s.putClass(defineClass({ name: 'Acme_New', qualifiers: { dynamic: true, provider: 'Sensors' } })),
  },
  {
    name: 'deleteClass static',
    rights: WBEM_ENABLE | WBEM_FULL_WRITE_REP,
    run: (s) => s.deleteClass('Acme_Door'),
  },
  {
    name: 'putInstance static',
    rights: WBEM_ENABLE | WBEM_PARTIAL_WRITE_REP,
    run: (s) => s.putInstance(instanceOf(door, { Id: 1 })),
  },
  {
    name: 'putInstance dynamic',
    rights: WBEM_ENABLE | WBEM_WRITE_PROVIDER,
    run: (s) => s.putInstance(instanceOf(sensor, { Id: 1 })),
  },
  {
    name: 'putInstance below a system class',
    rights: WBEM_ENABLE | WBEM_FULL_WRITE_REP,
    run: async (s) => s.putInstance(await filter()),
  },
  {
    name: 'deleteInstance dynamic',
    rights: WBEM_ENABLE | WBEM_WRITE_PROVIDER,
    run: (s) => s.deleteInstance('Acme_Sensor=1'),
  },
];

test.each(MATRIX)('AC-14.1 $name needs exactly its rights', async ({ rights, run }) => {
  const ann = person('ann', { groups: [] });
  await expectExactly(ann, rights, run);
});

test.each(MATRIX)('AC-14.1 $name needs remote enable besides, from afar', async ({ rights, run }) => {
  const ann = person('ann', { groups: [DCOM_USERS], remote: true });
  await expectExactly(ann, rights | NamespaceRight.WBEM_REMOTE_ACCESS, run);
});

async function expectExactly(who: Principal, rights: number, run: Row['run']): Promise<void> {
  await grant(who, rights);
  const services = await open(service, NS, who);
  for (const right of Object.values(NamespaceRight).filter((bit) => (rights & bit) !== 0)) {
    await grant(who, rights & ~right);
    await expect(run(services)).rejects.toMatchObject(ACCESS_DENIED);
  }
  await grant(who, rights);
  await expect(run(services)).resolves.not.toBeNull();
}

test('a dynamic class cannot be turned into a static one with the rights of a dynamic one', async () => {
  const ann = await open(service, NS, person('ann'));
  const dynamic = defineClass({ name: 'Acme_Mine', qualifiers: { dynamic: true, provider: 'Sensors' } });
  await ann.putClass(dynamic);
  await expect(ann.putClass(defineClass({ name: 'Acme_Mine' }))).rejects.toMatchObject({
    ...ACCESS_DENIED,
    refusal: { missing: ['WBEM_FULL_WRITE_REP'] },
  });
});

test('AC-14.5 an enumerator serves only who made it', async () => {
  const { Server } = await import('../server/server.ts');
  const server = new Server(repository, [{ provider: sensors }]);
  const [ann, ben] = [person('ann'), person('ben')];
  const as = (principal: Principal) => ({
    operation: 'next',
    principal,
    signal: new AbortController().signal,
    context: {},
  });
  const rows = server
    .connect(as(ann), NS, { user: null, hasPassword: false, authority: null, locale: null, flags: 0 })
    .createInstanceEnum(as(ann), 'Acme_Sensor', true);
  for (const use of [rows.next(as(ben), 1), rows.skip(as(ben), 1), rows.reset(as(ben)), rows.clone(as(ben))])
    await expect(use).rejects.toMatchObject({ ...ACCESS_DENIED, refusal: { gate: 'same-principal' } });
  expect((await rows.next(as(ann), 1)).objects).toHaveLength(1);
});

test('AC-1.4, AC-1.6 a process at IDENTIFY connects, and is refused until the proxy is raised', async () => {
  const services = await open(service, NS, person('ann', { impLevel: ImpLevel.Identify }));
  expect(services.queryBlanket().impLevel).toBe(ImpLevel.Identify);
  await expect(services.execQuery('SELECT * FROM Acme_Sensor')).rejects.toMatchObject({
    ...ACCESS_DENIED,
    refusal: { gate: 'impersonation-level', missing: ['RPC_C_IMP_LEVEL_IMPERSONATE'] },
  });
  services.setBlanket({ impLevel: ImpLevel.Impersonate });
  await using rows = await services.execQuery('SELECT * FROM Acme_Sensor');
  await expect(rows.next(1)).rejects.toMatchObject({ refusal: { gate: 'impersonation-level' } });
  rows.setBlanket({ impLevel: ImpLevel.Impersonate });
  expect((await rows.next(1)).objects).toHaveLength(1);
});

test('AC-9.17 access on a child follows what its parent grants now', async () => {
  const zoe = person('zoe', { groups: [] });
  await expect(open(service, NS, zoe)).rejects.toMatchObject(ACCESS_DENIED);
  const entry: Ace = { type: 0, flags: 0x2, mask: 0x1, sid: tokenUser(zoe.token) };
  const dacl = ROOT_DESCRIPTOR.dacl.kind === 'list' ? [...ROOT_DESCRIPTOR.dacl.aces, entry] : [];
  await repository.transact((writer) =>
    writer.putNamespace({
      path: 'root',
      descriptor: { ...ROOT_DESCRIPTOR, dacl: { kind: 'list', aces: dacl } },
      requiresEncryption: false,
    }),
  );
  expect((await open(service, NS, zoe)).namespace).toBe(NS);
});

test('openNamespace asks the child for the right to enter', async () => {
  const ann = person('ann');
  const root = await open(service, 'root', ann);
  expect((await root.openNamespace('cimv2')).namespace).toBe(NS);
  const deny: Ace = { type: 1, flags: 0, mask: 0x1, sid: tokenUser(ann.token) };
  const descriptor = { ...INHERITING_DESCRIPTOR, dacl: { kind: 'list' as const, aces: [deny] } };
  await repository.transact((w) => w.putNamespace({ path: NS, descriptor, requiresEncryption: false }));
  await expect(root.openNamespace('cimv2')).rejects.toMatchObject({
    ...ACCESS_DENIED,
    operation: 'openNamespace',
  });
});

test('a refused caller is not told whether a class exists', async () => {
  const ann = person('ann', { groups: [] });
  await grant(ann, 0x1);
  const services = await open(service, NS, ann);
  await grant(ann, 0x2);
  for (const className of ['Acme_Door', 'Acme_Nobody'])
    await expect(services.deleteClass(className)).rejects.toMatchObject({
      refusal: { missing: ['WBEM_ENABLE'] },
    });
});
