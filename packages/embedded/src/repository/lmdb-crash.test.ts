import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lmdbRepository } from './lmdb-repository.ts';
import { bundleProgram, startProgram, temporaryDirectory } from './testing.ts';

const ROUNDS = 20;

test('what was acknowledged survives kill -9 in the middle of writes, and nothing is torn', async () => {
  using directory = temporaryDirectory();
  const program = await bundleProgram(new URL('./crash-writer.ts', import.meta.url));
  let last = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await writeAndKill(program, directory.path, last + 1);
    expect(acknowledged).toBeGreaterThan(last);
    last = await stateAfter(directory.path, acknowledged);
  }
}, 120_000);

/** @returns the number of the last transaction that the writer acknowledged. */
async function writeAndKill(program: string, directory: string, first: number): Promise<number> {
  const writer = startProgram(program, [directory, String(first)]);
  let text = '';
  writer.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await Promise.race([once(writer.stdout!, 'data'), once(writer, 'exit')]);
  await setTimeout(Math.random() * 40);
  writer.kill('SIGKILL');
  await once(writer, 'close');
  return Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1));
}

/** @returns the number of the last transaction that is there, acknowledged or not. */
async function stateAfter(directory: string, acknowledged: number): Promise<number> {
  await using repository = await lmdbRepository({ directory });
  const numberOf = (className: string, key: string) =>
    Number(repository.getInstance('root\\crash', className, key)?.properties['N']);
  const last = numberOf('State', 'left');
  expect([acknowledged, acknowledged + 1]).toContain(last);
  expect(numberOf('State', 'right')).toBe(last);
  const log = Array.from(repository.instances('root\\crash', 'Log'), ({ properties }) =>
    Number(properties['N']),
  );
  expect(log).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  return last;
}
