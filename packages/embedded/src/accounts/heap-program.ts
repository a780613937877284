import { randomInt } from 'node:crypto';
import { writeHeapSnapshot } from 'node:v8';
import { connect, ntHash, passwordIdentity } from '@wmisec/auth';
import { createService } from '../service/create-service.ts';
import { CHEAP_HASH } from './testing.ts';

// Logs on with a password that never is a string, writes a snapshot of the heap, and only then tells the password.
// The mark shows that strings are found in the snapshot.

const MARK = ['a string', 'that is on the heap'].join(' ');
const [file = ''] = process.argv.slice(2);
const ASCII_LETTERS = 0x61;
const letters = Uint8Array.from({ length: 24 }, () => ASCII_LETTERS + randomInt(26));
const password = () => Uint8Array.from({ length: 48 }, (_, i) => (i % 2 === 0 ? letters[i / 2]! : 0));

await using service = await createService({ providers: [], accounts: { hashCost: CHEAP_HASH } });
await service.accounts.addUser({ name: 'ann', password: password() });
await service.accounts.setPassword('ann', password());
await service.accounts.logon({ user: 'ann', password: password(), remote: false });
const identity = passwordIdentity({ user: 'ann', password: password() });
await connect('\\\\host\\root', { transport: service.transport({ remote: true }), identity }).catch(() => {});
identity.dispose();

writeHeapSnapshot(file);
const hash = Buffer.from(ntHash(password())).toString('hex');
process.send?.({ mark: MARK, secrets: [Buffer.from(letters).toString(), hash] });
process.disconnect();
