// Logs on with a password from stdin, ends everything and writes a heap snapshot: for secrets.test.ts.
import { writeHeapSnapshot } from 'node:v8';
import { connect, passwordFromStdin, readPasswordIdentity } from '@wmisec/auth';
import { createService } from './create-service.ts';

const [path, canary] = process.argv.slice(2);

async function logOnAndLeave(): Promise<void> {
  using identity = await readPasswordIdentity({ user: 'ann', password: () => passwordFromStdin() });
  await using service = await createService({
    providers: [],
    accounts: { localAccountTokenFilterPolicy: true },
  });
  const password = identity.withPassword((utf16) => Uint8Array.from(utf16));
  await service.accounts.addUser({ name: 'ann', password, groups: ['Administrators'] });
  await using connection = await connect('\\\\srv\\root\\cimv2', {
    transport: service.transport({ remote: true }),
    identity,
  });
  await connection.services.getObject('__Event');
}

await logOnAndLeave();
Object.assign(globalThis, { kept: [canary] });
globalThis.gc?.();
writeHeapSnapshot(path);
process.exit(0);
