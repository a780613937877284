import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, passwordIdentity } from '@wmisec/auth';
import { createService, lmdbRepository } from '@wmisec/embedded';
import { WbemError } from '@wmisec/wbem';

const directory = join(mkdtempSync(join(tmpdir(), 'wmisec-')), 'store');
await using service = await createService({ repository: await lmdbRepository({ directory }) });

const groups = ['Administrators', 'Distributed COM Users'];
await service.accounts.addUser({ name: 'boss', password: 'correct horse', groups });
await service.accounts.addUser({
  name: 'CORP\\chief',
  password: 'battery staple',
  groups: ['Domain Admins'],
});

// On this machine a user logs on first, because a local connection takes no credentials.
const boss = await service.accounts.logon({ user: 'boss', password: 'correct horse', remote: false });
await using local = await connect('root\\cimv2', { transport: service.transport({ as: boss }) });
console.log('boss', local.services.namespace);

// From another one the credentials come with the connection.
for (const [user, password] of [
  ['CORP\\chief', 'battery staple'],
  ['boss', 'correct horse'],
  ['boss', 'wrong'],
] as const) {
  using identity = passwordIdentity({ user, password });
  const transport = service.transport({ remote: true });
  try {
    await using remote = await connect('\\\\server\\root\\cimv2', { transport, identity });
    console.log(user, remote.services.namespace);
  } catch (error) {
    if (error instanceof WbemError) console.log(user, error.code);
  }
}
