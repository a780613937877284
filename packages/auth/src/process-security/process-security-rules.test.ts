import { ABSENT_ACL, type SecurityDescriptor } from '@wmisec/access';
import { AuthnLevel, Capabilities, ImpLevel } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { passwordIdentity } from '../identity/password-identity.ts';
import type { ProcessSecurityRequest } from './process-security-request.ts';
import { checkProcessSecurity } from './process-security-rules.ts';

const DESCRIPTOR: SecurityDescriptor = {
  owner: 'S-1-5-32-544',
  group: 'S-1-5-32-544',
  dacl: { kind: 'list', aces: [] },
  sacl: ABSENT_ACL,
  control: 0,
};
const access = { kind: 'descriptor', descriptor: DESCRIPTOR } as const;
const appId = { kind: 'appId', appId: '{00000000-0000-0000-0000-000000000001}' } as const;

function expectRefused(request: ProcessSecurityRequest, rule: string): void {
  expect(() => checkProcessSecurity(request)).toThrow(
    expect.objectContaining({
      code: 'E_INVALIDARG',
      hresult: 0x80070057,
      message: expect.stringContaining(rule),
    }),
  );
}

test('what is not said is packet privacy, impersonation and secure references', () => {
  expect(checkProcessSecurity({ access })).toMatchObject({ authnLevel: 6, impLevel: 3, capabilities: 0x2 });
  expect(checkProcessSecurity({ access: appId })).toMatchObject({ capabilities: 0 });
});

test('AC-1.3 the default impersonation level is refused', () => {
  expectRefused({ access, impLevel: ImpLevel.Default }, 'RPC_C_IMP_LEVEL_DEFAULT');
});

test('AC-1.5 both cloaking flags are refused', () => {
  expectRefused(
    { access, capabilities: Capabilities.StaticCloaking | Capabilities.DynamicCloaking },
    'exclude each other',
  );
});

test.each([Capabilities.Dynamic, Capabilities.AutoImpersonate, Capabilities.Default, 0x4000])(
  'rules 1.5: the capability %i is not for a process',
  (capabilities) => expectRefused({ access, capabilities }, 'not for this call'),
);

test('rules 1.5: secure references and an IAccessControl need authentication', () => {
  expectRefused({ access, authnLevel: AuthnLevel.None }, 'need authentication');
  const accessControl = { kind: 'accessControl', accessControl: 1 as never } as const;
  expectRefused(
    { access: accessControl, authnLevel: AuthnLevel.None, capabilities: 0 },
    'need authentication',
  );
});

test('rules 1.5: an AppID goes alone, and the flags of the access form are not given by hand', () => {
  const credentials = [
    { authnService: 10, identity: passwordIdentity({ user: 'ann', password: 'x' }) },
  ] as const;
  expectRefused({ access: appId, credentials }, 'no other argument');
  expectRefused({ access, capabilities: Capabilities.AppId }, 'follow from');
});

test('rules 1.2: the descriptor needs an owner and a group, and takes no SACL', () => {
  expectRefused({ access: { kind: 'descriptor', descriptor: { ...DESCRIPTOR, owner: null } } }, 'owner');
  expectRefused(
    { access: { kind: 'descriptor', descriptor: { ...DESCRIPTOR, sacl: { kind: 'list', aces: [] } } } },
    'SACL',
  );
});
