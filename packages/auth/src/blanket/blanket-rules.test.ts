import {
  AuthnLevel,
  AuthnService,
  AuthzService,
  type BlanketRequest,
  Capabilities,
  DEFAULT_PRINCIPAL,
  ImpLevel,
} from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { passwordIdentity } from '../identity/password-identity.ts';
import { type BlanketCircumstances, checkBlanket } from './blanket-rules.ts';

const LOCAL = { remote: false };
const REMOTE = { remote: true };
const identity = passwordIdentity({ user: 'ann', password: 'x' });

function expectRefused(request: BlanketRequest, where: BlanketCircumstances = LOCAL, rule = ''): void {
  expect(() => checkBlanket(request, where)).toThrow(
    expect.objectContaining({
      code: 'E_INVALIDARG',
      hresult: 0x80070057,
      message: expect.stringContaining(rule),
    }),
  );
}

test('AC-6.1 NTLM does not go with the level none', () => {
  expectRefused(
    { authnService: AuthnService.WinNT, authnLevel: AuthnLevel.None },
    LOCAL,
    'RPC_C_AUTHN_LEVEL_NONE requires',
  );
});

test('rules 6.1: the service none does not go with a higher level', () => {
  expectRefused(
    { authnService: AuthnService.None, authnLevel: AuthnLevel.Pkt },
    LOCAL,
    'RPC_C_AUTHN_NONE requires',
  );
});

test('AC-6.2 Kerberos without a principal is refused', () => {
  expectRefused({ authnService: AuthnService.GssKerberos, principal: null }, REMOTE, 'principal');
});

test.each(['', 'srv', 'CORP\\srv', 'host/', '/srv', 'host/s v', 'host/a\0b'])(
  'rules 8.4: Kerberos does not take the principal %j, which is no SPN',
  (principal) => expectRefused({ authnService: AuthnService.GssKerberos, principal }, REMOTE),
);

test('rules 8.5: an authority of NTLM does not go with delegation to another machine', () => {
  const delegate = { impLevel: ImpLevel.Delegate };
  expectRefused(delegate, { ...REMOTE, authority: 'ntlmDomain:CORP' }, 'does not delegate');
  expect(() => checkBlanket(delegate, { ...REMOTE, authority: 'Kerberos:srv' })).not.toThrow();
  expect(() => checkBlanket(delegate, LOCAL)).not.toThrow();
});

test('rules 6.1: Kerberos takes the default principal, a name, or the one that is set already', () => {
  const kerberos = { authnService: AuthnService.GssKerberos };
  expect(() => checkBlanket({ ...kerberos, principal: DEFAULT_PRINCIPAL }, REMOTE)).not.toThrow();
  expect(() => checkBlanket({ ...kerberos, principal: 'host/a' }, REMOTE)).not.toThrow();
  expect(() =>
    checkBlanket({ ...kerberos, principal: null }, { ...REMOTE, principal: 'host/a' }),
  ).not.toThrow();
});

test.each([
  'SecureRefs',
  'AccessControl',
  'AppId',
  'Dynamic',
  'RequireFullSic',
  'AutoImpersonate',
  'DisableAaa',
  'NoCustomMarshal',
] as const)('AC-6.3, AC-6.10 the capability %s is refused on a proxy', (word) =>
  expectRefused({ capabilities: Capabilities[word] }, LOCAL, 'takes no capabilities but'),
);

test('rules 1.5: an unknown capability bit is refused', () => expectRefused({ capabilities: 0x4000 }));

test.each([Capabilities.StaticCloaking, Capabilities.DynamicCloaking])(
  'AC-6.4 an identity does not go with cloaking %i',
  (capabilities) => {
    expectRefused({ identity, capabilities }, LOCAL, 'explicit identity');
    expect(() => checkBlanket({ identity: null, capabilities }, LOCAL)).not.toThrow();
  },
);

test('AC-6.10 NTLM takes no anonymous impersonation, and no delegation off the machine', () => {
  const ntlm = { authnService: AuthnService.WinNT };
  expectRefused({ ...ntlm, impLevel: ImpLevel.Anonymous });
  expectRefused({ ...ntlm, impLevel: ImpLevel.Delegate }, REMOTE);
  expect(() => checkBlanket({ ...ntlm, impLevel: ImpLevel.Delegate }, LOCAL)).not.toThrow();
});

test('AC-8.5 delegation with NTLM to another machine is refused', () => {
  expectRefused({ authnService: AuthnService.WinNT, impLevel: ImpLevel.Delegate }, REMOTE, 'NTLM');
});

test('rules 1.5, 6.1: both cloaking flags, cloaking with Schannel, and Schannel at another level are refused', () => {
  expectRefused({ capabilities: Capabilities.StaticCloaking | Capabilities.DynamicCloaking });
  expectRefused({ authnService: AuthnService.GssSchannel, capabilities: Capabilities.StaticCloaking });
  expectRefused({ authnService: AuthnService.GssSchannel, impLevel: ImpLevel.Identify });
});

test('rules 6.1: NTLM and Kerberos take no authorization service', () => {
  expectRefused({ authnService: AuthnService.WinNT, authzService: AuthzService.Name });
});

test.each([{ authnLevel: 7 }, { authnLevel: -1 }, { authnLevel: 2.5 }, { impLevel: 5 }])(
  'a level out of range is refused: %j',
  (request) => {
    expectRefused(request as unknown as BlanketRequest);
  },
);

test('the refusal never shows the identity', () => {
  const request = { identity, capabilities: Capabilities.StaticCloaking };
  expect(() => checkBlanket(request, LOCAL)).toThrow(/an explicit identity$/);
});
