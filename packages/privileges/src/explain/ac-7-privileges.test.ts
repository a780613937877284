import { logonToken, type Principal, providerAccess, type Token } from '@wmisec/access';
import { AuthnLevel, AuthnService, defineClass, ImpLevel, WbemError, WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { explainPrivilegeError } from './explain-privilege-error.ts';
import { privilegesNeeded } from './privileges-needed.ts';

const NEEDED = privilegesNeeded(
  defineClass({
    name: 'Acme_Log',
    methods: { Clear: { qualifiers: { Privileges: ['SeSecurityPrivilege'] } } },
  }),
  'Clear',
);
const HELD: Token = {
  user: 'S-1-5-21-1-2-3-1001',
  privileges: [{ name: 'SeSecurityPrivilege', enabled: false }],
};

function callFrom(account: Token, remote: boolean) {
  const caller: Principal = {
    name: 'CORP\\ann',
    token: logonToken(account, { remote }),
    remote,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
  return providerAccess(caller, { privileges: NEEDED }, {});
}

const refusal = expect.objectContaining({ status: WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD });

test('AC-7.1 a privilege that is held and disabled is 0x80041062; once it is enabled the call passes', () => {
  expect(callFrom(HELD, false)).toEqual(refusal);
  const denied = new WbemError(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD);
  expect(explainPrivilegeError(denied, NEEDED, HELD)?.privileges).toMatchObject([{ state: 'disabled' }]);
  expect(callFrom({ ...HELD, privileges: ['SeSecurityPrivilege'] }, false)).toMatchObject({ passed: true });
});

test('AC-7.2 without the privilege the call fails wherever it comes from', () => {
  const account: Token = { user: HELD.user };
  expect([callFrom(account, false), callFrom(account, true)]).toEqual([refusal, refusal]);
});

test('AC-7.3 over the network the same privilege arrives enabled, and the call passes', () => {
  expect(callFrom(HELD, true)).toMatchObject({ passed: true });
});
