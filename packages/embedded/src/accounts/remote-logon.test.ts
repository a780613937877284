import { connect, passwordIdentity } from '@wmisec/auth';
import { beforeEach, describe, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { CHEAP_HASH, PASSWORD, passwordBytes } from './testing.ts';

let service: EmbeddedService;

async function serve(localAccountTokenFilterPolicy = false): Promise<void> {
  const accounts = { hashCost: CHEAP_HASH, localAccountTokenFilterPolicy };
  service = await createService({ providers: [], accounts });
  const groups = ['Distributed COM Users'];
  await service.accounts.addUser({ name: 'ann', password: PASSWORD, groups });
  await service.accounts.addUser({ name: 'boss', password: PASSWORD, groups: [...groups, 'Administrators'] });
  await service.accounts.addUser({ name: 'CORP\\chief', password: PASSWORD, groups: ['Domain Admins'] });
}

beforeEach(() => serve());

async function namespaceFor(user: string, password: string | Uint8Array = PASSWORD, authority?: string) {
  using identity = passwordIdentity({ user, password });
  const transport = service.transport({ remote: true });
  await using connection = await connect('\\\\host\\root\\cimv2', { transport, identity, authority });
  return connection.services.namespace;
}

describe('AC-8.6 an administrator of this machine over the network', () => {
  test('is let in by no entry for Administrators', async () => {
    await expect(namespaceFor('boss')).rejects.toMatchObject({
      code: 'WBEM_E_ACCESS_DENIED',
      refusal: { gate: 'namespace-rights' },
    });
  });

  test('is let in with LocalAccountTokenFilterPolicy', async () => {
    await serve(true);
    expect(await namespaceFor('boss')).toBe('root\\cimv2');
  });

  test('is let in when the account is of a domain, however that is named', async () => {
    expect(await namespaceFor('CORP\\chief')).toBe('root\\cimv2');
    expect(await namespaceFor('chief@corp')).toBe('root\\cimv2');
    expect(await namespaceFor('chief', PASSWORD, 'NTLMDOMAIN:corp')).toBe('root\\cimv2');
  });
});

test('AC-8.1 a user with rights of DCOM but without Remote Enable is refused by WMI', async () => {
  await expect(namespaceFor('ann')).rejects.toMatchObject({
    hresult: 0x80041003,
    refusal: { missing: ['WBEM_REMOTE_ACCESS'] },
  });
});

test('wrong credentials are refused before the namespace is looked for', async () => {
  using identity = passwordIdentity({ user: 'ann', password: 'wrong' });
  const transport = service.transport({ remote: true });
  await expect(connect('\\\\host\\root\\nowhere', { transport, identity })).rejects.toMatchObject({
    hresult: 0x80070005,
    message: expect.stringContaining('the user or the password is wrong'),
  });
});

test('a client from afar without credentials is nobody', async () => {
  const transport = service.transport({ remote: true });
  await expect(connect('\\\\host\\root\\cimv2', { transport })).rejects.toMatchObject({
    code: expect.stringMatching(/ACCESS_?DENIED$/),
  });
});

test('the identity that was lent still holds its password', async () => {
  using identity = passwordIdentity({ user: 'CORP\\chief', password: passwordBytes(PASSWORD) });
  const transport = service.transport({ remote: true });
  for (let n = 0; n < 2; n++) {
    await using connection = await connect('\\\\host\\root\\cimv2', { transport, identity });
    expect(connection.services.namespace).toBe('root\\cimv2');
  }
});
