import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lmdbRepository } from '../repository/lmdb-repository.ts';
import { bundleProgram, nextMessage, startProgram, temporaryDirectory } from '../repository/testing.ts';
import { createService } from '../service/create-service.ts';
import { PASSWORD, testAccounts } from './testing.ts';

test('a service sees the user that another process adds while it runs', async () => {
  using directory = temporaryDirectory();
  await using repository = await lmdbRepository({ directory: directory.path });
  await using service = await createService({ providers: [], repository });
  const attempt = () => service.accounts.logon({ user: 'ann1', password: PASSWORD, remote: false });
  await expect(attempt()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  await addUsers(await bundled(), directory.path, 'ann', 1);
  expect((await attempt()).name).toMatch(/\\ann1$/);
});

test('processes that add users side by side lose none, and give no SID twice', async () => {
  using directory = temporaryDirectory();
  const count = 40;
  const program = await bundled();
  await Promise.all(['a', 'b', 'c'].map((name) => addUsers(program, directory.path, name, count)));
  await using repository = await lmdbRepository({ directory: directory.path });
  const users = testAccounts({}, repository).list();
  expect(users).toHaveLength(3 * count);
  expect(new Set(users.map(({ sid }) => sid)).size).toBe(3 * count);
});

test('no password is on the heap after logons, when it was given as bytes', async () => {
  using directory = temporaryDirectory();
  const program = startProgram(await bundleProgram(new URL('./heap-program.ts', import.meta.url)), [
    `${directory.path}.heapsnapshot`,
  ]);
  const { mark, secrets } = (await nextMessage(program)) as { mark: string; secrets: string[] };
  const heap = readFileSync(`${directory.path}.heapsnapshot`, 'latin1');
  expect(heap.includes(mark)).toBe(true);
  expect(secrets).toHaveLength(2);
  for (const secret of secrets) expect(heap.includes(secret)).toBe(false);
}, 60_000);

const bundled = () => bundleProgram(new URL('./add-user-program.ts', import.meta.url));

async function addUsers(program: string, directory: string, name: string, count: number): Promise<void> {
  const [code] = await once(startProgram(program, [directory, name, String(count)]), 'exit');
  expect(code).toBe(0);
}
