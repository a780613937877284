import { WbemError } from '@wmisec/wbem';
import { describe, expect, test } from 'vitest';
import { AU, allow, BA, DEFAULT_NAMESPACE, deny, denyOnly, OW, sd, token, USER } from '../check/testing.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { NAMESPACE_FULL_CONTROL } from '../namespace/namespace-rights.ts';
import { filterToken } from '../token/filter-token.ts';
import { callerAccessRights, namespaceRights, prepareNamespaceDescriptor } from './namespace-rights.ts';
import {
  NAMESPACE_OPERATIONS,
  type NamespaceOperation,
  requiredRights,
  type WriteTarget,
} from './operation-rights.ts';
import type { Principal } from './principal.ts';
import { requirePassed } from './run-gates.ts';
import { principal } from './testing.ts';

const namespace = 'root\\cimv2';

function ask(
  descriptor: SecurityDescriptor,
  operation: NamespaceOperation,
  caller: Principal = principal(),
  target: WriteTarget = 'static',
) {
  return namespaceRights(caller, { namespace, operation, target }, { descriptor });
}

const passes = (...args: Parameters<typeof ask>) => ask(...args).passed;
const withRights = (mask: number) => sd(BA, allow(mask, AU));

test('AC-9.1 with the default descriptor a user reads, runs methods and writes through providers only', () => {
  expect(passes(DEFAULT_NAMESPACE, 'execQuery')).toBe(true);
  expect(passes(DEFAULT_NAMESPACE, 'execMethod')).toBe(true);
  expect(passes(DEFAULT_NAMESPACE, 'putInstance', principal(), 'dynamic')).toBe(true);
  expect(ask(DEFAULT_NAMESPACE, 'putClass')).toMatchObject({ passed: false, status: 0x80041003 });
  expect(ask(DEFAULT_NAMESPACE, 'putInstance')).toMatchObject({ passed: false, status: 0x80041003 });
});

test('AC-9.2 callers are told what they have', () => {
  const rights = (caller: Principal) => callerAccessRights(caller, { descriptor: DEFAULT_NAMESPACE });
  expect(rights(principal())).toBe(0x13);
  expect(rights(principal({ token: token(AU, BA) }))).toBe(NAMESPACE_FULL_CONTROL);
});

test('AC-14.2 partial write is enough for a static class, not below a system class', () => {
  expect(passes(withRights(0x9), 'putInstance', principal(), 'static')).toBe(true);
  expect(passes(withRights(0x9), 'putInstance', principal(), 'system-derived')).toBe(false);
});

test('AC-14.7 a local caller needs no WBEM_REMOTE_ACCESS, the same caller from afar does', () => {
  expect(passes(withRights(0x1), 'execQuery')).toBe(true);
  expect(passes(withRights(0x1), 'execQuery', principal({ remote: true }))).toBe(false);
  expect(passes(withRights(0x21), 'execQuery', principal({ remote: true }))).toBe(true);
});

test('AC-8.6 an administrator without elevation is judged without Administrators', () => {
  const admin = token(AU, BA);
  const filtered = principal({ token: filterToken(admin), remote: true });
  expect(filtered.token.groups).toContainEqual(denyOnly(BA));
  expect(passes(DEFAULT_NAMESPACE, 'execQuery', filtered)).toBe(false);
  expect(passes(DEFAULT_NAMESPACE, 'execQuery', principal({ token: admin, remote: true }))).toBe(true);
});

describe('AC-14.1 each operation needs each of its rights', () => {
  const targets: readonly WriteTarget[] = ['static', 'dynamic', 'system-derived'];
  const rows = NAMESPACE_OPERATIONS.flatMap((operation) =>
    targets.map((target) => [operation, target] as const),
  );

  test.each(rows)('%s on a %s target', (operation, target) => {
    const caller = principal({ remote: true });
    const needed = requiredRights(operation, target, true);
    expect(passes(withRights(NAMESPACE_FULL_CONTROL), operation, caller, target)).toBe(true);
    expect(passes(withRights(needed), operation, caller, target)).toBe(true);
    for (let bit = 1; bit <= needed; bit *= 2) {
      if ((needed & bit) === 0) continue;
      const without = ask(withRights(NAMESPACE_FULL_CONTROL & ~bit), operation, caller, target);
      expect(without).toMatchObject({ passed: false, status: 0x80041003 });
    }
  });
});

test('rules 14: the rows of the matrix', () => {
  const row = (operation: NamespaceOperation, target: WriteTarget = 'static') =>
    requiredRights(operation, target, true);
  expect(row('connect')).toBe(0x21);
  expect(row('execQuery')).toBe(0x21);
  expect(row('execMethod')).toBe(0x23);
  expect(row('getCallerAccessRights')).toBe(0x21);
  expect(row('putClass')).toBe(0x25);
  expect(row('putClass', 'dynamic')).toBe(0x31);
  expect(row('putInstance')).toBe(0x29);
  expect(row('putInstance', 'dynamic')).toBe(0x31);
  expect(row('deleteInstance', 'system-derived')).toBe(0x25);
  expect(row('queryObjectSink')).toBe(0x25);
  expect(row('readSecurity') & 0x20000).toBe(0x20000);
  expect(row('writeSecurity') & 0x40000).toBe(0x40000);
});

test('on a namespace the owner has what the entries say', () => {
  const owner = principal({ token: token(BA) });
  expect(callerAccessRights(owner, { descriptor: sd(BA, allow(0x1, BA)) })).toBe(0x1);
  expect(callerAccessRights(owner, { descriptor: sd(BA, allow(0x20001, OW)) })).toBe(0x20001);
});

describe('a refusal says', () => {
  test('which rights are missing and how to give them', () => {
    const outcome = ask(DEFAULT_NAMESPACE, 'execQuery', principal({ remote: true }));
    expect(outcome).toMatchObject({
      refusal: {
        gate: 'namespace-rights',
        missing: ['WBEM_REMOTE_ACCESS'],
        fix: `grant WBEM_REMOTE_ACCESS to ${USER} on root\\cimv2`,
      },
    });
  });

  test('which entry decided', () => {
    const descriptor = sd(BA, allow(0x1, AU), deny(0x2, AU), allow(0x3f, AU));
    expect(ask(descriptor, 'execMethod')).toMatchObject({
      refusal: { missing: ['WBEM_METHOD_EXECUTE'], ace: { index: 1, sddl: '(D;;DC;;;AU)' } },
    });
    expect(ask(sd(BA), 'execQuery')).toMatchObject({ refusal: { ace: null } });
  });

  test('all that in the error of the call', () => {
    const outcome = ask(sd(BA), 'execQuery');
    expect(() => requirePassed(outcome, 'execQuery')).toThrow(WbemError);
    expect(() => requirePassed(outcome, 'execQuery')).toThrow(
      expect.objectContaining({
        code: 'WBEM_E_ACCESS_DENIED',
        operation: 'execQuery',
        message: expect.stringContaining('WBEM_ENABLE'),
        refusal: expect.objectContaining({ gate: 'namespace-rights' }),
      }),
    );
  });
});

test('a prepared descriptor answers like the plain one', () => {
  const state = { descriptor: prepareNamespaceDescriptor(DEFAULT_NAMESPACE) };
  expect(callerAccessRights(principal(), state)).toBe(0x13);
  expect(namespaceRights(principal(), { namespace, operation: 'execQuery' }, state).passed).toBe(true);
});
