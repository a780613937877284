import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Ace, NamespaceRight, type Principal, parseSddl } from '@wmisec/access';
import {
  AuthnLevel,
  defineClass,
  instanceOf,
  type Provider,
  qualifier,
  type WbemServices,
} from '@wmisec/wbem';
import { beforeEach, expect, test, vi } from 'vitest';
import { REFUSAL_CHANNEL, type RefusalRecord } from '../audit/refusal-record.ts';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { tokenUser } from '../server/token-user.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { systemSecurityClass } from '../system-classes/namespace-classes.ts';
import { AUTHENTICATED_USERS, DCOM_USERS, open, openRequest, person } from '../testing.ts';

const NS = 'root\\cimv2';
const WMI_REFUSED = { hresult: 0x80041003, code: 'WBEM_E_ACCESS_DENIED' };
const DCOM_REFUSED = { hresult: 0x80070005, code: 'E_ACCESSDENIED', refusal: { gate: 'dcom-access' } };

/** Plays the class that starts processes: it stands for the rights of the call, not for starting any. */
const win32Process = defineClass({
  name: 'Win32_Process',
  qualifiers: { dynamic: true, provider: 'Launcher' },
  properties: { Handle: { type: 'string', key: true } },
  methods: {
    Create: {
      static: true,
      in: { CommandLine: 'string' },
      out: { ProcessId: 'uint32' },
      returns: 'uint32',
    },
  },
});
const launcher: Provider = {
  name: 'Launcher',
  classes: [win32Process],
  enumerate: () => [[{ Handle: '4' }]],
  execMethod: async () => ({ returnValue: 0, outParams: { ProcessId: 42 } }),
};

const ann = person('ann', { groups: [AUTHENTICATED_USERS, DCOM_USERS] });
const annFromAfar: Principal = { ...ann, remote: true };

let repository: Repository;
let service: EmbeddedService;

beforeEach(async () => {
  repository = memoryRepository();
  service = await createService({ providers: [launcher], repository });
});

/** Replaces the entries of root\cimv2 itself, beside those it inherits. */
async function grant(who: Principal, mask: number): Promise<void> {
  const ace: Ace = { type: 0, flags: 0, mask, sid: tokenUser(who.token) };
  const descriptor = { ...INHERITING_DESCRIPTOR, dacl: { kind: 'list' as const, aces: [ace] } };
  await repository.transact((writer) =>
    writer.putNamespace({ path: NS, descriptor, requiresEncryption: false }),
  );
}

const query = (services: WbemServices) => services.execQuery('SELECT * FROM Win32_Process');

test('AC-8.1 DCOM rights without 0x20 on the namespace are refused by WMI; granting 0x21 mends it', async () => {
  await expect(open(service, NS, annFromAfar)).rejects.toMatchObject({
    ...WMI_REFUSED,
    refusal: { gate: 'namespace-rights', missing: ['WBEM_REMOTE_ACCESS'] },
  });
  await grant(ann, NamespaceRight.WBEM_REMOTE_ACCESS | NamespaceRight.WBEM_ENABLE);
  await query(await open(service, NS, annFromAfar));
});

test('AC-8.2 without remote activation DCOM refuses, and the namespace is never looked at', async () => {
  await grant(ann, NamespaceRight.WBEM_REMOTE_ACCESS | NamespaceRight.WBEM_ENABLE);
  const gates: string[] = [];
  const listen = (record: unknown) => gates.push((record as RefusalRecord).gate);
  const look = vi.spyOn(repository, 'getNamespace');
  subscribe(REFUSAL_CHANNEL, listen);
  try {
    const nobodyForDcom = person('ann', { groups: [AUTHENTICATED_USERS], remote: true });
    await expect(open(service, NS, nobodyForDcom)).rejects.toMatchObject(DCOM_REFUSED);
  } finally {
    unsubscribe(REFUSAL_CHANNEL, listen);
  }
  expect(look).not.toHaveBeenCalled();
  expect(gates).toEqual(['dcom-access']);
});

async function requireEncryption(): Promise<void> {
  const singleton = instanceOf(systemSecurityClass);
  const encrypted = { ...singleton, qualifiers: [qualifier('RequiresEncryption', true)] };
  await (await open(service, NS)).putInstance(encrypted);
}

test('AC-8.3 with the host itself at PKT_PRIVACY, DEFAULT from afar arrives encrypted', async () => {
  service = await createService({
    providers: [launcher],
    repository,
    host: { authnLevel: AuthnLevel.PktPrivacy },
  });
  await requireEncryption();
  const services = await open(service, NS, {
    ...service.owner,
    remote: true,
    authnLevel: AuthnLevel.Pkt,
  });
  services.setBlanket({ authnLevel: AuthnLevel.Default });
  await query(services);
});

test('AC-8.7 Create is called by who may execute methods; from afar that takes remote enable too', async () => {
  const { WBEM_ENABLE, WBEM_METHOD_EXECUTE, WBEM_REMOTE_ACCESS } = NamespaceRight;
  const eve = person('eve', { groups: [DCOM_USERS] });
  const create = (services: WbemServices) =>
    services.execMethod('Win32_Process', 'Create', { CommandLine: 'notepad' });
  await grant(eve, WBEM_ENABLE | WBEM_METHOD_EXECUTE);
  expect(await create(await open(service, NS, eve))).toMatchObject({ returnValue: 0 });
  await expect(open(service, NS, { ...eve, remote: true })).rejects.toMatchObject(WMI_REFUSED);

  await grant(eve, WBEM_ENABLE | WBEM_METHOD_EXECUTE | WBEM_REMOTE_ACCESS);
  const fromAfar = await open(service, NS, { ...eve, remote: true });
  expect(await create(fromAfar)).toMatchObject({ returnValue: 0 });
  await grant(eve, WBEM_ENABLE | WBEM_METHOD_EXECUTE);
  await expect(create(fromAfar)).rejects.toMatchObject({
    ...WMI_REFUSED,
    refusal: { missing: ['WBEM_REMOTE_ACCESS'] },
  });
});

test.each([
  [AuthnLevel.Connect, false],
  [AuthnLevel.Call, false],
  [AuthnLevel.Pkt, true],
])('from afar, level %i is taken by a host at its stock level: %s', async (authnLevel, taken) => {
  const services = await open(service, NS, { ...service.owner, remote: true });
  services.setBlanket({ authnLevel });
  if (taken) await query(services);
  else await expect(query(services)).rejects.toMatchObject(DCOM_REFUSED);
});

test('rules 2.3: the local client of the documentation, at CALL, gets its rows', async () => {
  const services = await open(service, NS);
  services.setBlanket({ authnLevel: AuthnLevel.Call });
  await query(services);
});

test('nobody in particular, from afar, does not get in', async () => {
  const opening = service.transport({ remote: true }).open(openRequest(NS, { server: 'srv' }));
  await expect(opening).rejects.toMatchObject(DCOM_REFUSED);
});

test('rules 0.3: DCOM comes before the arguments, and they come before the namespace', async () => {
  const long = `root\\${'x'.repeat(10_000)}`;
  const openAs = (as: Principal, namespace: string, authority: string | null = null) =>
    service.transport({ as }).open(openRequest(namespace, { server: 'srv', authority }));
  const noDcom = person('eve', { groups: [], remote: true });
  await expect(openAs(noDcom, long, 'ldap:x')).rejects.toMatchObject(DCOM_REFUSED);
  await expect(openAs(annFromAfar, long, 'ldap:x')).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_PARAMETER',
  });
  await expect(openAs(annFromAfar, long)).rejects.toMatchObject({ code: 'WBEM_E_QUOTA_VIOLATION' });
  await expect(openAs(annFromAfar, 'root\\nowhere')).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_NAMESPACE',
  });
});

test('a host may let fewer people call than activate, and say at which level', async () => {
  const administratorsOnly = parseSddl('O:BAG:BAD:(A;;CCDCLC;;;BA)');
  service = await createService({
    providers: [launcher],
    repository,
    host: { accessDescriptors: [administratorsOnly] },
  });
  await query(await open(service, NS));
  const services = await open(service, NS, ann);
  await expect(query(services)).rejects.toMatchObject({
    ...DCOM_REFUSED,
    refusal: { missing: ['COM_RIGHTS_EXECUTE', 'COM_RIGHTS_EXECUTE_LOCAL'] },
  });
  await expect(createService({ host: { authnLevel: AuthnLevel.None } })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
  });
});
