import { expect, test } from 'vitest';
import { NULL_ACL } from '../descriptor/security-descriptor.ts';
import type { PrivilegeName } from '../token/privilege-name.ts';
import type { Token } from '../token/token.ts';
import { checkAccess } from './check-access.ts';
import {
  ACCESS_SYSTEM_SECURITY,
  allow,
  BA,
  DENIED,
  deny,
  granted,
  MAXIMUM_ALLOWED,
  SY,
  sd,
  token,
  WRITE_OWNER,
  withDacl,
} from './testing.ts';

const holding = (...privileges: PrivilegeName[]): Token => ({ ...token(BA), privileges });
const NOT_HELD = { ...DENIED, code: 'ERROR_PRIVILEGE_NOT_HELD' };
const descriptor = sd(SY, allow(0x1, BA));

test('rules 12.3: SeSecurityPrivilege gives ACCESS_SYSTEM_SECURITY', () => {
  expect(checkAccess(descriptor, holding('SeSecurityPrivilege'), ACCESS_SYSTEM_SECURITY | 0x1)).toEqual(
    granted(ACCESS_SYSTEM_SECURITY | 0x1),
  );
});

test('rules 12.3: no entry gives ACCESS_SYSTEM_SECURITY', () => {
  const generous = sd(SY, allow(ACCESS_SYSTEM_SECURITY | 0x1, BA));
  expect(checkAccess(generous, token(BA), ACCESS_SYSTEM_SECURITY)).toEqual(NOT_HELD);
  expect(checkAccess(generous, token(BA), MAXIMUM_ALLOWED)).toEqual(granted(0x1));
  expect(checkAccess(withDacl(NULL_ACL), token(BA), ACCESS_SYSTEM_SECURITY)).toEqual(NOT_HELD);
});

test('a disabled privilege counts for nothing', () => {
  const caller: Token = {
    ...token(BA),
    privileges: [{ name: 'SeSecurityPrivilege', enabled: false }],
  };
  expect(checkAccess(descriptor, caller, ACCESS_SYSTEM_SECURITY)).toEqual(NOT_HELD);
});

test.each<PrivilegeName>(['SeTakeOwnershipPrivilege', 'SeRelabelPrivilege'])(
  'rules 12.3: %s gives WRITE_OWNER, even against a deny',
  (privilege) => {
    const denying = sd(SY, deny(WRITE_OWNER, BA));
    expect(checkAccess(denying, holding(privilege), WRITE_OWNER)).toEqual(granted(WRITE_OWNER));
    expect(checkAccess(denying, token(BA), WRITE_OWNER)).toEqual(DENIED);
  },
);

test('MAXIMUM_ALLOWED does not use privileges for what is not asked by name', () => {
  const caller = holding('SeSecurityPrivilege', 'SeTakeOwnershipPrivilege');
  expect(checkAccess(descriptor, caller, MAXIMUM_ALLOWED)).toEqual(granted(0x1));
  expect(checkAccess(descriptor, caller, MAXIMUM_ALLOWED | WRITE_OWNER)).toEqual(granted(WRITE_OWNER | 0x1));
});
