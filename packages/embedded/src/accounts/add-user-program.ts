import { lmdbRepository } from '../repository/lmdb-repository.ts';
import { PASSWORD, testAccounts } from './testing.ts';

// Adds users `<name>1` to `<name><count>` to the store in a directory, and ends.

const [directory = '', name = '', count = '1'] = process.argv.slice(2);
await using repository = await lmdbRepository({ directory });
const accounts = testAccounts({}, repository);
for (let n = 1; n <= Number(count); n++) await accounts.addUser({ name: `${name}${n}`, password: PASSWORD });
