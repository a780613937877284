import { AuthnLevel, ImpLevel, type SecurableProxy } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Connection, connect, passwordIdentity } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REMOTE = '\\\\srv\\root\\cimv2';

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

type Obtain = (connection: Connection) => Promise<SecurableProxy & AsyncDisposable>;

/** Every way to get a proxy out of a connection, and the fixture's word for what comes. */
const WAYS: readonly [title: string, kind: 'services' | 'enumerator', obtain: Obtain][] = [
  ['execQuery', 'enumerator', ({ services }) => services.execQuery('SELECT * FROM X')],
  ['createInstanceEnum', 'enumerator', ({ services }) => services.createInstanceEnum('X')],
  ['createClassEnum', 'enumerator', ({ services }) => services.createClassEnum(null)],
  [
    'execNotificationQuery',
    'enumerator',
    ({ services }) => services.execNotificationQuery('SELECT * FROM E'),
  ],
  ['openNamespace', 'services', ({ services }) => services.openNamespace('sub')],
  ['copyProxy', 'services', ({ services }) => services.copyProxy()],
  [
    'clone',
    'enumerator',
    async ({ services }) => {
      await using rows = await services.execQuery('SELECT * FROM X');
      return await rows.clone();
    },
  ],
];

describe.each(WAYS)('%s', (_, kind, obtain) => {
  test('the new proxy and its IUnknown get the blanket of the connection before their first use', async () => {
    using identity = passwordIdentity({ user: 'LAB\\alice', password: 'pass' });
    const connection = await connect(REMOTE, { identity });
    fixture.takeJournal();
    const proxy = await obtain(connection);
    const blanket = '0xffffffff 0xffffffff default 0x6 0x3 LAB\\alice:pass flags 0x2 0x800';
    const own = fixture.takeJournal().filter((line) => !line.startsWith('callResult'));
    expect(own).toContain(`${kind} SetBlanket ${blanket}`);
    expect(own).toContain(`${kind}.unknown SetBlanket ${blanket}`);
    await proxy[Symbol.asyncDispose]();
    await connection[Symbol.asyncDispose]();
  });

  test('every call, and the last release, goes out as the identity', async () => {
    using identity = passwordIdentity({ user: 'LAB\\alice', password: 'pass' });
    const connection = await connect(REMOTE, { identity });
    await (await obtain(connection))[Symbol.asyncDispose]();
    await connection[Symbol.asyncDispose]();
    const calls = fixture.takeJournal().filter((line) => / (as|released) /.test(line));
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) expect(call).toMatch(/ as LAB\\alice level 0x6/);
    expect(fixture.liveProxies()).toBe(0);
  });

  test('it is listed while it lives', async () => {
    await using connection = await connect(REMOTE);
    const before = connection.security().length;
    const proxy = await obtain(connection);
    const listed = connection.security().slice(before);
    expect(listed.map((each) => [each.proxyKind, each.inForce?.authnLevel])).toEqual([
      [kind, AuthnLevel.PktPrivacy],
      ['unknown', AuthnLevel.PktPrivacy],
    ]);
    await proxy[Symbol.asyncDispose]();
    expect(connection.security()).toHaveLength(before);
  });

  test.each([kind, `${kind}.unknown`] as const)(
    'a %s that is weaker than asked fails closed and is released',
    async (weak) => {
      await using connection = await connect(REMOTE);
      const before = fixture.liveProxies();
      fixture.turn(`${weak}.level`, AuthnLevel.Pkt);
      await expect(obtain(connection)).rejects.toMatchObject({
        code: 'BLANKET_TOO_WEAK',
        message: expect.stringContaining('RPC_C_AUTHN_LEVEL_PKT is in force'),
      });
      expect(fixture.liveProxies()).toBe(before);
    },
  );

  test('a proxy whose blanket cannot be set, or not be read back, is released', async () => {
    await using connection = await connect(REMOTE);
    const before = fixture.liveProxies();
    fixture.turn(`${kind}.set`, 0x80070057);
    await expect(obtain(connection)).rejects.toMatchObject({ code: 'E_INVALIDARG', operation: 'setBlanket' });
    fixture.turn(`${kind}.set`, 0);
    fixture.turn(`${kind}.query`, 0x80004005);
    await expect(obtain(connection)).rejects.toMatchObject({ code: 'BLANKET_UNPROVEN' });
    expect(fixture.liveProxies()).toBe(before);
  });
});

describe('call results', () => {
  test('each gets the blanket of the services proxy, its IUnknown too', async () => {
    using identity = passwordIdentity({ user: 'LAB\\alice', password: 'pass' });
    await using connection = await connect(REMOTE, {
      identity,
      blanket: { authnLevel: AuthnLevel.PktIntegrity },
    });
    fixture.takeJournal();
    await connection.services.deleteInstance('X=1');
    const blanket = '0xffffffff 0xffffffff default 0x5 0x3 LAB\\alice:pass flags 0x2 0x800';
    expect(fixture.takeJournal()).toEqual([
      'services DeleteInstance as LAB\\alice level 0x5 impersonation 0x3',
      `callResult SetBlanket ${blanket}`,
      `callResult.unknown SetBlanket ${blanket}`,
      'callResult GetCallStatus as LAB\\alice level 0x5 impersonation 0x3',
      'callResult released as LAB\\alice level 0x5',
    ]);
  });

  test('they are listed while the call is under way', async () => {
    await using connection = await connect(REMOTE);
    fixture.turn('call.delay', 400);
    const call = connection.services.deleteInstance('X=1');
    await expect
      .poll(() => connection.security())
      .toMatchObject([
        { proxyKind: 'services' },
        { proxyKind: 'unknown' },
        { proxyKind: 'callResult', inForce: { authnLevel: 6, impLevel: 3 } },
        { proxyKind: 'unknown', inForce: { authnLevel: 6, impLevel: 3 } },
      ]);
    await call;
    expect(connection.security()).toHaveLength(2);
  });

  test.each(['callResult', 'callResult.unknown'] as const)(
    'a weaker %s ends the call and is released',
    async (weak) => {
      await using connection = await connect(REMOTE);
      fixture.turn(`${weak}.level`, AuthnLevel.Connect);
      await expect(connection.services.deleteInstance('X=1')).rejects.toMatchObject({
        code: 'BLANKET_TOO_WEAK',
      });
      await expect(connection.services.openNamespace('sub')).rejects.toMatchObject({
        code: 'BLANKET_TOO_WEAK',
      });
      expect(fixture.takeJournal().filter((line) => line.includes('GetCallStatus'))).toEqual([]);
      expect(fixture.liveProxies()).toBe(1);
    },
  );

  test('one that lends the server more than was asked ends the call', async () => {
    await using connection = await connect(REMOTE);
    fixture.turn('callResult.impersonation', ImpLevel.Delegate);
    await expect(connection.services.deleteInstance('X=1')).rejects.toMatchObject({
      code: 'BLANKET_TOO_WEAK',
    });
  });
});

test('the IUnknown of a local proxy is left alone: its last release stays on the machine', async () => {
  const connection = await connect('root\\cimv2');
  await connection[Symbol.asyncDispose]();
  expect(fixture.takeJournal().filter((line) => line.includes('.unknown'))).toEqual([]);
});

test('a changed blanket is proven and listed, and put back when it is not in force', async () => {
  await using connection = await connect(REMOTE);
  connection.services.setBlanket({ authnLevel: AuthnLevel.PktIntegrity, impLevel: ImpLevel.Impersonate });
  expect(connection.security()).toMatchObject([
    { proxyKind: 'services', asked: { authnLevel: 5 }, inForce: { authnLevel: 5 } },
    { proxyKind: 'unknown', asked: { authnLevel: 5 }, inForce: { authnLevel: 5 } },
  ]);
  fixture.turn('services.withheld', 0x20);
  const cloaked = { authnLevel: AuthnLevel.Connect, capabilities: 0x20 };
  expect(() => connection.services.setBlanket(cloaked)).toThrow(
    expect.objectContaining({ code: 'BLANKET_TOO_WEAK' }),
  );
  expect(connection.security()[0]).toMatchObject({ asked: { authnLevel: 5 }, inForce: { authnLevel: 5 } });
});
