import { passwordIdentity } from '@wmisec/auth';
import type { OpenRequest } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { openRequest, person } from '../testing.ts';
import { createService, type EmbeddedService } from './create-service.ts';
import { checkOpenArguments } from './open-arguments.ts';

let service: EmbeddedService;

beforeEach(async () => {
  service = await createService({ providers: [], principals: [person('ann')] });
});

const identity = (user: string) => passwordIdentity({ user, password: 'x' });
const openWith = (changes: Partial<OpenRequest>) =>
  service.transport().open(openRequest('root\\cimv2', changes));

test('AC-2.1 a local connection takes no credentials', async () => {
  await expect(openWith({ identity: identity('x') })).rejects.toMatchObject({
    hresult: 0x80041064,
    code: 'WBEM_E_LOCAL_CREDENTIALS',
  });
});

test('AC-2.8 a local connection takes no authority', async () => {
  await expect(openWith({ authority: 'Kerberos:srv' })).rejects.toMatchObject({ hresult: 0x80041064 });
});

test('AC-2.2, AC-2.7 the domain comes with the user or as the authority, not twice', () => {
  const remote = (user: string, authority: string) => () =>
    checkOpenArguments(openRequest('root', { server: 'srv', identity: identity(user), authority }), true);
  expect(remote('DOM\\u', 'NTLMDOMAIN:DOM')).toThrow(expect.objectContaining({ hresult: 0x80041008 }));
  expect(remote('u', 'NTLMDOMAIN:DOM')).not.toThrow();
  expect(remote('DOM\\u', 'Kerberos:DOM\\srv')).not.toThrow();
});

test('AC-8.4 the kinds of authority are two, in any case', () => {
  const remote = (authority: string) => () =>
    checkOpenArguments(openRequest('root', { server: 'srv', authority }), true);
  expect(remote('kErBeRoS:DOM\\srv')).not.toThrow();
  for (const authority of ['ldap:x', 'Kerberos:', 'kerberos'])
    expect(remote(authority)).toThrow(expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER' }));
});

test('another server cannot be reached, whatever this one is called locally can', async () => {
  await expect(openWith({ server: 'elsewhere' })).rejects.toMatchObject({ hresult: 0x800706ba });
  expect((await openWith({ server: '.' })).namespace).toBe('root\\cimv2');
});

test('a locale has the form MS_409', async () => {
  await openWith({ locale: 'ms_409' });
  await expect(openWith({ locale: 'en-US' })).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
});

test('credentials that nobody can verify are refused', async () => {
  const transport = service.transport({ as: { ...service.owner, remote: true } });
  await expect(
    transport.open(openRequest('root', { server: 'srv', identity: identity('u') })),
  ).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
});

test('a principal that the service was given connects by name', async () => {
  const services = await service.transport({ as: 'ANN' }).open(openRequest('root'));
  await expect(services.deleteClass('__Event')).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
});

test('an open that is cancelled beforehand does nothing', async () => {
  await expect(openWith({ signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'WBEM_E_CALL_CANCELLED',
    operation: 'open',
  });
});
