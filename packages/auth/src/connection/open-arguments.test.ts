import { expect, test } from 'vitest';
import { passwordIdentity } from '../identity/password-identity.ts';
import type { ConnectOptions } from './connect.ts';
import { openArguments } from './open-arguments.ts';

const REMOTE = '\\\\srv\\root\\cimv2';
const identityOf = (user: string) => passwordIdentity({ user, password: 'x' });

function expectRefused(target: string, options: ConnectOptions, code: string): void {
  expect(() => openArguments(target, options)).toThrow(
    expect.objectContaining({
      code,
      operation: 'connect',
      refusal: expect.objectContaining({ gate: 'connect-arguments' }),
    }),
  );
}

test('what is not said is the current user, negotiation, the current locale and two minutes at most', () => {
  expect(openArguments(REMOTE, {})).toEqual({
    server: 'srv',
    namespace: 'root\\cimv2',
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
    signal: undefined,
    timeoutMs: undefined,
  });
});

test('AC-2.1, AC-2.8 this machine takes neither credentials nor an authority', () => {
  expectRefused('root\\cimv2', { identity: identityOf('x') }, 'WBEM_E_LOCAL_CREDENTIALS');
  expectRefused('root\\cimv2', { authority: 'NTLMDOMAIN:DOM' }, 'WBEM_E_LOCAL_CREDENTIALS');
  expectRefused('\\\\.\\root\\cimv2', { authority: 'Kerberos:srv' }, 'WBEM_E_LOCAL_CREDENTIALS');
});

test('AC-2.2, AC-2.7 a domain comes once', () => {
  const both = { identity: identityOf('DOM\\u'), authority: 'NTLMDOMAIN:DOM' };
  expectRefused(REMOTE, both, 'WBEM_E_INVALID_PARAMETER');
  const kerberos = { identity: identityOf('DOM\\u'), authority: 'Kerberos:DOM\\srv' };
  expect(openArguments(REMOTE, kerberos)).toMatchObject(kerberos);
});

test('AC-8.4 there are two kinds of authority', () => {
  expect(openArguments(REMOTE, { authority: 'kErBeRoS:DOM\\srv' }).authority).toBe('kErBeRoS:DOM\\srv');
  expectRefused(REMOTE, { authority: 'ldap:x' }, 'WBEM_E_INVALID_PARAMETER');
});

test('rules 2.2: a locale has the form MS_409', () => {
  expectRefused(REMOTE, { locale: 'en-US' }, 'WBEM_E_INVALID_PARAMETER');
});
