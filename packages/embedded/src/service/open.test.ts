import { passwordIdentity } from '@wmisec/auth';
import type { OpenRequest } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { openRequest, person } from '../testing.ts';
import { createService, type EmbeddedService } from './create-service.ts';

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

const fromAfar = (changes: Partial<OpenRequest>) =>
  service
    .transport({ as: { ...service.owner, remote: true } })
    .open(openRequest('root\\cimv2', { server: 'srv', ...changes }));

test('AC-2.2, AC-2.7 the domain comes with the user or as the authority, not twice', async () => {
  const twice = fromAfar({ identity: identity('DOM\\u'), authority: 'NTLMDOMAIN:DOM' });
  await expect(twice).rejects.toMatchObject({ hresult: 0x80041008, refusal: { gate: 'connect-arguments' } });
  for (const [user, authority] of [
    ['u', 'NTLMDOMAIN:DOM'],
    ['DOM\\u', 'Kerberos:DOM\\srv'],
  ] as const)
    await expect(fromAfar({ identity: identity(user), authority })).rejects.toMatchObject({
      code: 'E_ACCESSDENIED',
      message: expect.stringContaining('the user or the password is wrong'),
    });
});

test('AC-8.4 the kinds of authority are two, in any case', async () => {
  expect((await fromAfar({ authority: 'kErBeRoS:DOM\\srv' })).namespace).toBe('root\\cimv2');
  for (const authority of ['ldap:x', 'Kerberos:', 'kerberos'])
    await expect(fromAfar({ authority })).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
});

test('another server cannot be reached, whatever this one is called locally can', async () => {
  await expect(openWith({ server: 'elsewhere' })).rejects.toMatchObject({ hresult: 0x800706ba });
  expect((await openWith({ server: '.' })).namespace).toBe('root\\cimv2');
});

test('a locale has the form MS_409', async () => {
  await openWith({ locale: 'ms_409' });
  await expect(openWith({ locale: 'en-US' })).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
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
