import { writeSync } from 'node:fs';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { lmdbRepository } from './lmdb-repository.ts';

// Writes until it is killed: transaction n adds the instance n and sets two others to n. What is acknowledged
// goes to stdout at once, a number a line.

const [directory = '', first = '1'] = process.argv.slice(2);
const path = 'root\\crash';
const repository = await lmdbRepository({ directory });

await repository.transact((writer) => {
  if (writer.getNamespace(path) === undefined)
    writer.putNamespace({ path, descriptor: INHERITING_DESCRIPTOR, requiresEncryption: false });
});

for (let n = Number(first); ; n++) {
  const properties = { N: BigInt(n), Padding: 'x'.repeat((n * 997) % 9000) };
  await repository.transact((writer) => {
    writer.putInstance(path, { className: 'State', key: 'left', properties });
    writer.putInstance(path, { className: 'Log', key: String(n), properties });
    writer.putInstance(path, { className: 'State', key: 'right', properties });
  });
  writeSync(1, `${n}\n`);
}
