import {
  type AuthIdentity,
  AuthnLevel,
  AuthnService,
  Capabilities,
  DEFAULT_AUTHINFO,
  DEFAULT_PRINCIPAL,
  ImpLevel,
} from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

const identity: AuthIdentity = {
  user: 'alice',
  domain: 'LAB',
  withPassword: (use) => use(Buffer.from('pässword', 'utf16le')),
};

test('the seven values of a blanket reach the proxy as they are', async () => {
  await using fixture = openFixture();
  fixture.takeLog();
  fixture.services.setBlanket({
    authnService: AuthnService.WinNT,
    authzService: 0,
    principal: 'HOST/srv',
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
    identity: null,
    capabilities: Capabilities.StaticCloaking,
  });
  expect(fixture.takeLog()).toEqual(["SetBlanket 0xa 0x0 'HOST/srv' 0x6 0x3 null 0x20"]);
  expect(fixture.services.queryBlanket()).toEqual({
    authnService: 10,
    authzService: 0,
    principal: 'HOST/srv',
    authnLevel: 6,
    impLevel: 3,
    capabilities: 0x20,
  });
});

test("absent values are the SDK's defaults, the sentinels -1 among them", async () => {
  await using fixture = openFixture();
  fixture.takeLog();
  fixture.services.setBlanket({});
  fixture.services.setBlanket({ principal: DEFAULT_PRINCIPAL, identity: DEFAULT_AUTHINFO });
  const line = 'SetBlanket 0xffffffff 0xffffffff default 0x0 0x0 default 0x800';
  expect(fixture.takeLog()).toEqual([line, line]);
});

test('AC-6.9 a null principal keeps the one that was set', async () => {
  await using fixture = openFixture();
  fixture.services.setBlanket({ principal: 'host/a' });
  fixture.services.setBlanket({ principal: null, authnService: AuthnService.WinNT });
  expect(fixture.services.queryBlanket().principal).toBe('host/a');
});

test('an identity goes to the proxy, and to its IUnknown when that is asked for', async () => {
  await using fixture = openFixture();
  fixture.takeLog();
  const request = { identity, authnLevel: AuthnLevel.PktPrivacy };
  fixture.services.setBlanket(request);
  fixture.services.unknown.setBlanket(request);
  const line = 'SetBlanket 0xffffffff 0xffffffff default 0x6 0x0 LAB\\alice:pässword flags 0x2 0x800';
  expect(fixture.takeLog()).toEqual([line, line]);
});

test('AC-2.6 the memory of an identity is zeroed with the proxy, and not before', async () => {
  const fixture = openFixture();
  const zeroed: boolean[] = [];
  const { memory } = fixture.native;
  const alloc = memory.alloc.bind(memory);
  memory.alloc = (size) => {
    const block = alloc(size);
    const free = block.free.bind(block);
    block.free = () => {
      const secret = Buffer.from('pässword', 'utf16le');
      const held = Buffer.from(block.bytes).includes(secret);
      free();
      if (held) zeroed.push(true);
    };
    return block;
  };
  fixture.services.setBlanket({ identity });
  expect(zeroed).toEqual([]);
  await fixture[Symbol.asyncDispose]();
  expect(zeroed).toEqual([true]);
});

test('AC-2.3 an enumerator has a blanket of its own', async () => {
  await using fixture = openFixture();
  fixture.services.setBlanket({ authnLevel: AuthnLevel.PktPrivacy });
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row');
  expect(rows.queryBlanket().authnLevel).toBe(AuthnLevel.Pkt);
  rows.setBlanket({ authnLevel: AuthnLevel.PktIntegrity });
  expect(rows.queryBlanket().authnLevel).toBe(AuthnLevel.PktIntegrity);
});

test('a call result gets the blanket of the services proxy', async () => {
  await using fixture = openFixture();
  fixture.services.setBlanket({ identity, authnLevel: AuthnLevel.PktPrivacy });
  const [set] = fixture.takeLog();
  await fixture.services.getObject('Fixture_Row');
  expect(fixture.takeLog().filter((line) => line === set).length).toBeGreaterThan(0);
});

test('queryBlanket tells what the proxy claims, even when less was set', async () => {
  await using fixture = openFixture();
  fixture.services.setBlanket({ authnLevel: AuthnLevel.PktPrivacy });
  fixture.claimLevel(AuthnLevel.Connect);
  expect(fixture.services.queryBlanket().authnLevel).toBe(AuthnLevel.Connect);
  fixture.claimLevel(0);
});

test('values that do not go together are refused with E_INVALIDARG', async () => {
  await using fixture = openFixture();
  const capabilities = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;
  expect(() => fixture.services.setBlanket({ capabilities })).toThrow(
    expect.objectContaining({ code: 'E_INVALIDARG', operation: 'setBlanket' }),
  );
});
