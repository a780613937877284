import { type AuthIdentity, AuthnLevel } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { native } from '../../src/transport/native-transport.ts';
import { openRequest } from './open-request.ts';

const identity: AuthIdentity = {
  user: 'alice',
  domain: 'LAB',
  withPassword: (use) => use(Buffer.from('secret', 'utf16le')),
};

test('AC-2.5 an unknown namespace fails with WBEM_E_INVALID_NAMESPACE', async () => {
  await expect(native().open(openRequest('ROOT\\NOWHERE'))).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_NAMESPACE',
    operation: 'connect',
  });
});

test('a remote machine that does not answer fails, credentials and all', async () => {
  const request = openRequest('root\\cimv2', { server: 'host.invalid', identity });
  await expect(native().open(request)).rejects.toMatchObject({ name: 'WbemError', operation: 'connect' });
});

test('a signal ends a connection attempt', async () => {
  const request = openRequest('ROOT\\CIMV2', { signal: AbortSignal.abort() });
  await expect(native().open(request)).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
});

test('a transport connects again after its last connection is gone', async () => {
  const transport = native();
  for (let i = 0; i < 3; i++) {
    await using services = await transport.open(openRequest('ROOT\\CIMV2'));
    await using rows = await services.execQuery('SELECT Name FROM Win32_OperatingSystem');
    expect((await rows.next(1)).objects).toHaveLength(1);
  }
});

test('without a wish the blanket is encryption and impersonation', () => {
  expect(native().defaultBlanket).toEqual({ authnLevel: AuthnLevel.PktPrivacy, impLevel: 3 });
});
