import { once } from 'node:events';
import { expect, test } from 'vitest';
import { lmdbRepository } from '../repository/lmdb-repository.ts';
import { bundleProgram, startProgram, temporaryDirectory } from '../repository/testing.ts';
import { createService } from '../service/create-service.ts';

/** Before anything is written, after each of the three parts, after the commit: four times each. */
const ROUNDS = 20;
const STEPS = 5;
const COMMITTED = 4;

test('kill -9 between any two steps of installing a subscription leaves all three parts or none', async () => {
  using directory = temporaryDirectory();
  const program = await bundleProgram(new URL('./crash-installer.ts', import.meta.url));
  const expected: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [step, name] = [round % STEPS, `s${round}`];
    if (step >= COMMITTED) expected.push(name);
    const installer = startProgram(program, [directory.path, String(step), name]);
    const [, signal] = await once(installer, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await installed(directory.path)).toEqual({ names: expected, active: expected.length });
  }
}, 240_000);

/** @returns the names of the subscriptions of which there is any part; each has to have all of them. */
async function installed(directory: string): Promise<{ names: string[]; active: number }> {
  await using service = await createService({
    providers: [],
    repository: await lmdbRepository({ directory }),
  });
  const repository = await lmdbRepository({ directory });
  await using _ = repository;
  const namesOf = (className: string) =>
    Array.from(repository.instances('root\\subscription', className), ({ properties }) =>
      String(properties['Name'] ?? /Name="(\w+)"/.exec(String(properties['Filter']))?.[1]),
    ).sort(byNumber);
  const [filters, consumers, bindings] = [
    '__EventFilter',
    'NTEventLogEventConsumer',
    '__FilterToConsumerBinding',
  ].map(namesOf);
  expect(consumers).toEqual(filters);
  expect(bindings).toEqual(filters);
  return { names: filters!, active: service.subscriptionCounts().filters };
}

function byNumber(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}
