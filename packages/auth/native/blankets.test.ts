import { native } from '@wmisec/com-core';
import {
  AuthnLevel,
  AuthnService,
  AuthzService,
  type BlanketRequest,
  Capabilities,
  DEFAULT_AUTHINFO,
  DEFAULT_PRINCIPAL,
  ImpLevel,
} from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConnectOptions, connect, passwordIdentity } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REMOTE = '\\\\srv\\root\\cimv2';

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

/** A connection with an empty journal, and what reached the services proxy since. */
async function connected(options?: ConnectOptions) {
  const connection = await connect(REMOTE, options);
  fixture.takeJournal();
  const set = () => fixture.takeJournal().filter((line) => line.startsWith('services SetBlanket'));
  return Object.assign(connection, { set });
}

const invalid = expect.objectContaining({ code: 'E_INVALIDARG', hresult: 0x80070057 });

test('rules 6.1: the seven values reach the proxy as they are, and come back', async () => {
  await using connection = await connected();
  connection.services.setBlanket({
    authnService: AuthnService.GssKerberos,
    authzService: AuthzService.None,
    principal: 'HOST/srv',
    authnLevel: AuthnLevel.PktIntegrity,
    impLevel: ImpLevel.Delegate,
    identity: null,
    capabilities: Capabilities.StaticCloaking,
  });
  expect(connection.set()).toEqual(["services SetBlanket 0x10 0x0 'HOST/srv' 0x5 0x4 null 0x20"]);
  expect(connection.services.queryBlanket()).toEqual({
    authnService: 16,
    authzService: 0,
    principal: 'HOST/srv',
    authnLevel: 5,
    impLevel: 4,
    capabilities: 0x20,
  });
});

test('rules 2.3: both sentinels are the pointer -1, and what is absent is the default', async () => {
  await using connection = await connected();
  connection.services.setBlanket({ principal: DEFAULT_PRINCIPAL, identity: DEFAULT_AUTHINFO });
  connection.services.setBlanket({});
  const line = 'services SetBlanket 0xffffffff 0xffffffff default 0x0 0x0 default 0x800';
  expect(connection.set()).toEqual([line, line]);
});

test('an identity reaches the proxy as user, domain, password and the flag of UTF-16', async () => {
  await using connection = await connected();
  using identity = passwordIdentity({ user: 'LAB\\alice', password: 'pässword' });
  connection.services.setBlanket({ identity });
  expect(connection.set()).toEqual([
    'services SetBlanket 0xffffffff 0xffffffff default 0x0 0x0 LAB\\alice:pässword flags 0x2 0x800',
  ]);
});

test('what SetBlanket answers is thrown as it is', async () => {
  fixture.turn('services.set', 0x80070057);
  await expect(connect(REMOTE)).rejects.toMatchObject({ code: 'E_INVALIDARG', operation: 'setBlanket' });
  fixture.turn('services.set', 0x8001011a);
  await expect(connect(REMOTE)).rejects.toMatchObject({ code: 'RPC_E_NO_GOOD_SECURITY_PACKAGES' });
  expect(fixture.liveProxies()).toBe(0);
});

test('an object without IClientSecurity is no proxy and fails closed', async () => {
  fixture.turn('services.insecure', 1);
  await expect(connect(REMOTE)).rejects.toMatchObject({ code: 'E_NOINTERFACE', hresult: 0x80004002 });
  expect(fixture.liveProxies()).toBe(0);
});

const identity = passwordIdentity({ user: 'LAB\\alice', password: 'pass' });
const NTLM = { authnService: AuthnService.WinNT } as const;

test.each<[string, BlanketRequest]>([
  ['AC-6.1 NTLM at the level none', { ...NTLM, authnLevel: AuthnLevel.None }],
  ['AC-6.2 Kerberos without a principal', { authnService: AuthnService.GssKerberos, principal: null }],
  ['AC-6.3 secure references', { capabilities: Capabilities.SecureRefs }],
  ['AC-6.4 an identity with cloaking', { identity, capabilities: Capabilities.DynamicCloaking }],
  ['AC-6.10 automatic impersonation', { capabilities: Capabilities.AutoImpersonate }],
  ['AC-6.10 NTLM, anonymous', { ...NTLM, impLevel: ImpLevel.Anonymous }],
  ['AC-6.10, AC-8.5 NTLM, delegating off the machine', { ...NTLM, impLevel: ImpLevel.Delegate }],
])('%s is refused before COM sees it, and the blanket unchanged', async (_, request) => {
  await using connection = await connected();
  const before = connection.services.queryBlanket();
  expect(() => connection.services.setBlanket(request)).toThrow(invalid);
  expect(connection.set()).toEqual([]);
  expect(connection.services.queryBlanket()).toEqual(before);
});

test('AC-6.5 the level DEFAULT is what client and server negotiate; an explicit lower one is kept and refused by the server', async () => {
  fixture.turn('process.level', AuthnLevel.Pkt);
  fixture.turn('server.minimum', AuthnLevel.PktPrivacy);
  await using negotiated = await connect(REMOTE, { blanket: { authnLevel: AuthnLevel.Default } });
  expect(negotiated.services.queryBlanket().authnLevel).toBe(AuthnLevel.PktPrivacy);
  await using explicit = await connect(REMOTE, { blanket: { authnLevel: AuthnLevel.Pkt } });
  expect(explicit.services.queryBlanket().authnLevel).toBe(AuthnLevel.Pkt);
  await expect(explicit.services.execQuery('SELECT * FROM X')).rejects.toMatchObject({
    code: 'E_ACCESSDENIED',
    hresult: 0x80070005,
  });
});

test('AC-6.7 a changed copy leaves the first proxy as it is, and the other way round', async () => {
  await using connection = await connected();
  await using copy = await connection.services.copyProxy();
  expect(fixture.takeJournal()[0]).toBe('services CopyProxy');
  copy.setBlanket({ authnLevel: AuthnLevel.PktIntegrity });
  expect(connection.services.queryBlanket().authnLevel).toBe(AuthnLevel.PktPrivacy);
  connection.services.setBlanket({ authnLevel: AuthnLevel.Connect });
  expect(copy.queryBlanket().authnLevel).toBe(AuthnLevel.PktIntegrity);
});

test('AC-6.8 queryBlanket tells six values and no identity', async () => {
  await using connection = await connected({ identity });
  const told = connection.services.queryBlanket();
  expect(Object.keys(told).sort()).toEqual([
    'authnLevel',
    'authnService',
    'authzService',
    'capabilities',
    'impLevel',
    'principal',
  ]);
  expect(JSON.stringify([told, connection.security()])).not.toContain('pass');
});

test('AC-6.9 a null principal keeps the one that was set', async () => {
  await using connection = await connected();
  connection.services.setBlanket({ principal: 'host/a' });
  connection.services.setBlanket({ ...NTLM, principal: null });
  expect(connection.set()).toEqual([
    "services SetBlanket 0xffffffff 0xffffffff 'host/a' 0x0 0x0 default 0x800",
    'services SetBlanket 0xa 0xffffffff null 0x0 0x0 default 0x800',
  ]);
  expect(connection.services.queryBlanket().principal).toBe('host/a');
  connection.services.setBlanket({ authnService: AuthnService.GssKerberos, principal: null });
  expect(connection.services.queryBlanket().authnService).toBe(AuthnService.GssKerberos);
});

test.each([Capabilities.StaticCloaking, Capabilities.DynamicCloaking])(
  'rules 6.2: cloaking 0x%s is asked for on every proxy, and must be in force',
  async (capabilities) => {
    await using connection = await connect(REMOTE, { blanket: { identity: null, capabilities } });
    expect(connection.services.queryBlanket().capabilities).toBe(capabilities);
    fixture.turn('enumerator.withheld', capabilities);
    await expect(connection.services.execQuery('SELECT * FROM X')).rejects.toMatchObject({
      code: 'BLANKET_TOO_WEAK',
    });
  },
);

/** Runs `act` while this thread has a token of the given `SECURITY_IMPERSONATION_LEVEL`. */
function impersonating<T>(level: number, act: () => T): T {
  const { advapi32 } = fixture.native;
  expect(advapi32.ImpersonateSelf(level)).not.toBe(0);
  try {
    return act();
  } finally {
    advapi32.RevertToSelf();
  }
}

test('AC-6.6 static cloaking shows the token of the thread that set the blanket, whoever the thread is later', async () => {
  await using connection = await connected();
  const { services } = connection;
  const blanket = {
    identity: null,
    impLevel: ImpLevel.Impersonate,
    capabilities: Capabilities.StaticCloaking,
  };
  impersonating(2, () => services.setBlanket(blanket));
  const [query] = impersonating(1, () => [services.execQuery('SELECT * FROM X')]);
  await using _ = await query!;
  expect(fixture.takeJournal().find((line) => line.includes('ExecQuery'))).toMatch(/ shows token 2$/);
});

test('AC-6.6 dynamic cloaking shows the token that the thread has at each call, and the process without one', async () => {
  await using connection = await connected();
  const { services } = connection;
  services.setBlanket({
    identity: null,
    impLevel: ImpLevel.Impersonate,
    capabilities: Capabilities.DynamicCloaking,
  });
  fixture.takeJournal();
  for (const level of [2, 1]) {
    const [asked] = impersonating(level, () => [services.execQuery('SELECT * FROM X')]);
    await using _ = await asked!;
    expect(fixture.takeJournal().find((line) => line.includes('ExecQuery'))).toMatch(
      new RegExp(` shows token ${level}$`),
    );
  }
  await using _ = await services.execQuery('SELECT * FROM X');
  const asProcess = fixture.takeJournal().find((line) => line.includes('ExecQuery'));
  expect(asProcess).toMatch(/ shows process$/);
});

test('AC-6.6 rows are fetched with the token of whoever asks for them', async () => {
  await using connection = await connected();
  await using rows = await connection.services.execQuery('SELECT * FROM X');
  const capabilities = Capabilities.DynamicCloaking;
  rows.setBlanket({ identity: null, impLevel: ImpLevel.Impersonate, capabilities });
  for (const level of [2, 1]) {
    fixture.takeJournal();
    const [asked] = impersonating(level, () => [rows.next(1)]);
    await asked;
    const fetches = fixture.takeJournal().filter((line) => line.includes(' Next '));
    for (const line of fetches) expect(line).toMatch(new RegExp(` shows token ${level}$`));
    if (level === 2) expect(fetches).not.toEqual([]);
  }
});

test('AC-2.3 without `connect` a blanket does not pass on: the enumerator has what COM negotiated', async () => {
  fixture.turn('process.level', AuthnLevel.Connect);
  const request = {
    server: 'srv',
    namespace: 'root',
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
  };
  await using services = await native().open(request);
  services.setBlanket({ ...NTLM, authnLevel: AuthnLevel.Pkt, impLevel: ImpLevel.Impersonate });
  await using rows = await services.execQuery('SELECT * FROM X');
  expect(rows.queryBlanket()).toMatchObject({ authnLevel: AuthnLevel.Connect, impLevel: ImpLevel.Identify });
  rows.setBlanket({ authnLevel: AuthnLevel.Pkt, impLevel: ImpLevel.Impersonate });
  expect(rows.queryBlanket()).toMatchObject({ authnLevel: AuthnLevel.Pkt, impLevel: ImpLevel.Impersonate });
});
