import { inspect } from 'node:util';
import { passwordIdentity } from '@wmisec/auth';
import {
  AuthnLevel,
  AuthnService,
  Capabilities,
  type CimInstance,
  defineClass,
  ImpLevel,
  instanceOf,
  type Provider,
  qualifier,
  type WbemServices,
} from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { systemSecurityClass } from '../system-classes/namespace-classes.ts';
import { open, openRequest, person } from '../testing.ts';

const NS = 'root\\cimv2';
const thing = defineClass({
  name: 'Acme_Thing',
  qualifiers: { dynamic: true, provider: 'Things' },
  properties: { Id: { type: 'uint32', key: true } },
});
const things: Provider = { name: 'Things', classes: [thing], enumerate: () => [[{ Id: 1 }]] };

let service: EmbeddedService;

beforeEach(async () => {
  service = await createService({ providers: [things] });
});

async function requireEncryption(required = true): Promise<void> {
  const services = await open(service, NS);
  const singleton = instanceOf(systemSecurityClass);
  await services.putInstance({ ...singleton, qualifiers: [qualifier('RequiresEncryption', required)] });
}

test('RequiresEncryption is set, read back and lifted on the __SystemSecurity of a namespace', async () => {
  const services = await open(service, NS);
  const read = async () => (await services.getObject('__SystemSecurity=@')) as CimInstance;
  await requireEncryption();
  expect((await read()).qualifiers).toEqual([qualifier('RequiresEncryption')]);
  await requireEncryption(false);
  expect((await read()).qualifiers).toEqual([]);
  const denied = (await open(service, NS, person('ann'))).putInstance(instanceOf(systemSecurityClass));
  await expect(denied).rejects.toMatchObject({ refusal: { missing: ['WBEM_FULL_WRITE_REP'] } });
});

const query = (services: WbemServices) => services.execQuery('SELECT * FROM Acme_Thing');

test('AC-2.3 a blanket stays on its proxy: the enumerator has the negotiated one', async () => {
  const services = await open(service, NS, person('ann', { authnLevel: AuthnLevel.Connect }));
  services.setBlanket({
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.Pkt,
    impLevel: ImpLevel.Impersonate,
  });
  const rows = await query(services);
  expect(services.queryBlanket().authnLevel).toBe(AuthnLevel.Pkt);
  expect(rows.queryBlanket()).toMatchObject({
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  });
  rows.setBlanket({ authnLevel: AuthnLevel.PktIntegrity });
  expect((await rows.clone()).queryBlanket().authnLevel).toBe(AuthnLevel.PktPrivacy);
});

test('negotiation takes the stronger of the client and the host, which is PKT from afar', async () => {
  const levelOf = async (authnLevel: AuthnLevel) => {
    const services = await open(service, NS, { ...service.owner, remote: true, authnLevel });
    return services.queryBlanket().authnLevel;
  };
  expect(await levelOf(AuthnLevel.Connect)).toBe(AuthnLevel.Pkt);
  expect(await levelOf(AuthnLevel.PktIntegrity)).toBe(AuthnLevel.PktIntegrity);
});

test('AC-6.5 DEFAULT climbs to a host at PKT_PRIVACY; an explicit PKT stays, and the host refuses it', async () => {
  service = await createService({ providers: [things], host: { authnLevel: AuthnLevel.PktPrivacy } });
  const services = await open(service, NS, { ...service.owner, remote: true, authnLevel: AuthnLevel.Pkt });
  services.setBlanket({ authnLevel: AuthnLevel.Default });
  expect(services.queryBlanket().authnLevel).toBe(AuthnLevel.PktPrivacy);
  await query(services);
  services.setBlanket({ authnLevel: AuthnLevel.Pkt });
  expect(services.queryBlanket().authnLevel).toBe(AuthnLevel.Pkt);
  await expect(query(services)).rejects.toMatchObject({
    hresult: 0x80070005,
    refusal: { gate: 'dcom-access', missing: ['RPC_C_AUTHN_LEVEL_PKT_PRIVACY'] },
  });
});

test('AC-6.8 what a blanket tells has no identity in it, also where one logged on', async () => {
  service = await createService({ providers: [things], accounts: { localAccountTokenFilterPolicy: true } });
  await service.accounts.addUser({ name: 'amy', password: 'tell-no-one', groups: ['Administrators'] });
  using identity = passwordIdentity({ user: 'amy', password: 'tell-no-one' });
  const services = await service
    .transport({ remote: true })
    .open(openRequest(NS, { server: 'srv', identity }));
  services.setBlanket({ identity, authnLevel: AuthnLevel.PktPrivacy });
  expect(Object.keys(services.queryBlanket()).sort()).toEqual([
    'authnLevel',
    'authnService',
    'authzService',
    'capabilities',
    'impLevel',
    'principal',
  ]);
  expect(inspect(services, { depth: 9, showHidden: true })).not.toContain('tell-no-one');
});

test('a blanket brings no identity but the one that the connection logged on with', async () => {
  const services = await open(service, NS);
  using identity = passwordIdentity({ user: 'amy', password: 'x' });
  expect(() => services.setBlanket({ identity })).toThrow(
    expect.objectContaining({ code: 'WBEM_E_NOT_SUPPORTED' }),
  );
});

test('values that do not go together are refused, and the blanket stays as it was', async () => {
  const services = await open(service, NS);
  const before = services.queryBlanket();
  expect(() =>
    services.setBlanket({ authnService: AuthnService.WinNT, authnLevel: AuthnLevel.None }),
  ).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
  expect(() => services.setBlanket({ capabilities: Capabilities.SecureRefs })).toThrow(
    expect.objectContaining({ code: 'E_INVALIDARG' }),
  );
  expect(services.queryBlanket()).toEqual(before);
});

test('AC-6.9 a principal that is not given again is kept', async () => {
  const services = await open(service, NS);
  services.setBlanket({ principal: 'host/a' });
  services.setBlanket({ principal: null, authnService: AuthnService.WinNT });
  expect(services.queryBlanket().principal).toBe('host/a');
});

test('AC-8.8 a namespace that requires encryption takes a local DEFAULT, and no explicit lower level', async () => {
  await requireEncryption();
  const services = await open(service, NS);
  services.setBlanket({ authnLevel: AuthnLevel.Default });
  await query(services);
  services.setBlanket({ authnLevel: AuthnLevel.Pkt });
  await expect(query(services)).rejects.toMatchObject({
    code: 'WBEM_E_ACCESS_DENIED',
    refusal: { gate: 'requires-encryption', missing: ['RPC_C_AUTHN_LEVEL_PKT_PRIVACY'] },
  });
});

test.each([
  [AuthnLevel.Default, false],
  [AuthnLevel.PktIntegrity, false],
  [AuthnLevel.PktPrivacy, true],
])(
  'AC-8.3 from afar, level %i into a namespace that requires encryption: let in %s',
  async (authnLevel, passes) => {
    await requireEncryption();
    const services = await open(service, NS, { ...service.owner, remote: true, authnLevel: AuthnLevel.Pkt });
    services.setBlanket({ authnLevel });
    const call = query(services);
    if (passes) await expect(call).resolves.toBeDefined();
    else await expect(call).rejects.toMatchObject({ refusal: { gate: 'requires-encryption' } });
  },
);

test('a call that nobody vouches for is refused below WMI', async () => {
  const services = await open(service, NS);
  services.setBlanket({ authnService: AuthnService.None, authnLevel: AuthnLevel.None });
  await expect(query(services)).rejects.toMatchObject({
    hresult: 0x80070005,
    refusal: { gate: 'dcom-access' },
  });
});

test('each fetch is judged by the blanket that the enumerator has then', async () => {
  await requireEncryption();
  const rows = await query(await open(service, NS));
  rows.setBlanket({ authnLevel: AuthnLevel.Pkt });
  await expect(rows.next(1)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED', operation: 'next' });
  rows.setBlanket({ authnLevel: AuthnLevel.PktPrivacy });
  expect((await rows.next(1)).objects).toHaveLength(1);
});
