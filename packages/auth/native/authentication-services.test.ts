import { AuthnService, ImpLevel } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, passwordIdentity } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REMOTE = '\\\\srv\\root\\cimv2';

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

describe('a policy of Kerberos only', () => {
  const POLICY = { allow: ['kerberos'] } as const;

  test('Kerberos is asked for at the login and on the proxy', async () => {
    await using connection = await connect(REMOTE, POLICY);
    expect(fixture.takeJournal().slice(0, 2)).toEqual([
      'ConnectServer \\\\srv\\root\\cimv2 null null null 0x80 Kerberos:srv',
      'services SetBlanket 0x10 0xffffffff default 0x6 0x3 default 0x800',
    ]);
    expect(connection.security()[0]).toMatchObject({ inForce: { authnService: AuthnService.GssKerberos } });
  });

  test.each([
    [AuthnService.WinNT, 'the services proxy has negotiated RPC_C_AUTHN_WINNT; allowed is kerberos'],
    [
      AuthnService.GssNegotiate,
      'RPC_C_AUTHN_GSS_NEGOTIATE, which does not tell whether it is NTLM or Kerberos',
    ],
    [AuthnService.None, 'RPC_C_AUTHN_NONE'],
  ])(
    'a proxy that fell back to service %i is refused, with what was negotiated',
    async (service, message) => {
      fixture.turn('services.service', service);
      await expect(connect(REMOTE, POLICY)).rejects.toMatchObject({
        code: 'AUTHN_SERVICE_NOT_ALLOWED',
        message: expect.stringContaining(message),
      });
      expect(fixture.liveProxies()).toBe(0);
    },
  );

  test('an enumerator that fell back is refused', async () => {
    await using connection = await connect(REMOTE, POLICY);
    fixture.turn('enumerator.service', AuthnService.WinNT);
    await expect(connection.services.execQuery('SELECT * FROM X')).rejects.toMatchObject({
      code: 'AUTHN_SERVICE_NOT_ALLOWED',
    });
    expect(fixture.liveProxies()).toBe(1);
  });

  test('a call result that fell back ends the call', async () => {
    await using connection = await connect(REMOTE, POLICY);
    fixture.turn('callResult.service', AuthnService.WinNT);
    await expect(connection.services.deleteInstance('X=1')).rejects.toMatchObject({
      code: 'BLANKET_TOO_WEAK',
    });
  });

  test.each([
    ['an authority of NTLM', { authority: 'ntlmdomain:CORP' }],
    ['a blanket of NTLM', { blanket: { authnService: AuthnService.WinNT } }],
  ])('%s is refused before anything is sent', async (_, options) => {
    await expect(connect(REMOTE, { ...POLICY, ...options })).rejects.toMatchObject({
      code: 'AUTHN_SERVICE_NOT_ALLOWED',
    });
    expect(fixture.takeJournal()).toEqual([]);
  });
});

test('a policy of both takes what negotiation says, and no third service', async () => {
  const policy = { allow: ['kerberos', 'ntlm'] } as const;
  for (const service of [AuthnService.WinNT, AuthnService.GssKerberos, AuthnService.GssNegotiate]) {
    fixture.turn('negotiated.service', service);
    await (await connect(REMOTE, policy))[Symbol.asyncDispose]();
  }
  fixture.turn('negotiated.service', AuthnService.GssSchannel);
  await expect(connect(REMOTE, policy)).rejects.toMatchObject({ code: 'AUTHN_SERVICE_NOT_ALLOWED' });
});

test('a client that must use NTLM names it, and its domain comes as the authority', async () => {
  using identity = passwordIdentity({ user: 'alice', password: 'pass' });
  await using connection = await connect(REMOTE, { identity, allow: ['ntlm'], authority: 'NTLMDOMAIN:LAB' });
  expect(fixture.takeJournal().slice(0, 2)).toEqual([
    'ConnectServer \\\\srv\\root\\cimv2 alice pass null 0x80 NTLMDOMAIN:LAB',
    'services SetBlanket 0xa 0xffffffff default 0x6 0x3 \\alice:pass flags 0x2 0x800',
  ]);
  expect(connection.services.queryBlanket().authnService).toBe(AuthnService.WinNT);
});

describe('delegation', () => {
  test('AC-8.5 with NTLM to another machine it is refused before anything is sent', async () => {
    const blanket = { authnService: AuthnService.WinNT, impLevel: ImpLevel.Delegate };
    await expect(connect(REMOTE, { blanket })).rejects.toMatchObject({ code: 'E_INVALIDARG' });
    expect(fixture.takeJournal()).toEqual([]);
  });

  test('rules 8.5: with an authority of NTLM likewise', async () => {
    const options = { authority: 'NTLMDOMAIN:LAB', blanket: { impLevel: ImpLevel.Delegate } };
    await expect(connect(REMOTE, options)).rejects.toMatchObject({
      code: 'E_INVALIDARG',
      message: expect.stringContaining('does not delegate'),
    });
    expect(fixture.takeJournal()).toEqual([]);
  });

  test('rules 8.5: when negotiation ends with NTLM the proxy is refused and released', async () => {
    fixture.turn('negotiated.service', AuthnService.WinNT);
    await expect(connect(REMOTE, { blanket: { impLevel: ImpLevel.Delegate } })).rejects.toMatchObject({
      code: 'BLANKET_TOO_WEAK',
      message: expect.stringContaining('delegation needs RPC_C_AUTHN_GSS_KERBEROS'),
    });
    expect(fixture.liveProxies()).toBe(0);
  });

  test('with Kerberos it is in force on every proxy', async () => {
    fixture.turn('negotiated.service', AuthnService.GssKerberos);
    await using connection = await connect(REMOTE, { blanket: { impLevel: ImpLevel.Delegate } });
    await using rows = await connection.services.execQuery('SELECT * FROM X');
    expect(rows.queryBlanket().impLevel).toBe(ImpLevel.Delegate);
  });
});

test('rules 8.4: with Kerberos a principal has the form of an SPN, or is left to COM', async () => {
  const kerberos = (principal: string) =>
    connect(REMOTE, { blanket: { authnService: AuthnService.GssKerberos, principal } });
  await (await kerberos('RPCSS/srv.corp.local'))[Symbol.asyncDispose]();
  for (const principal of ['', 'srv', 'CORP\\srv', 'host/', '/srv', 'host/s v', 'host/a\0b'])
    await expect(kerberos(principal)).rejects.toMatchObject({ code: 'E_INVALIDARG' });
});
