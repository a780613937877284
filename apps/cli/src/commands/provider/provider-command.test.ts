import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../run.ts';
import { testIo } from '../../test-io.ts';

/** Below this package, whose dependencies what is written there finds. */
const parent = fileURLToPath(new URL('../../../', import.meta.url));
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(parent, '.provider-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function wmisec(...argv: string[]) {
  const io = testIo({ columns: 200 });
  const code = await run(['provider', ...argv], io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

function written(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe('provider init', () => {
  test('writes a provider and its test, which passes', async () => {
    const { code, stdout } = await wmisec('init', 'Doors', '-d', directory);
    expect([code, stdout]).toEqual([0, expect.stringContaining('wrote doors.mjs and doors.test.mjs')]);
    await build({
      entry: { bundled: join(directory, 'doors.test.mjs') },
      outDir: directory,
      format: ['esm'],
      target: 'node20',
      removeNodeProtocol: false,
      outExtension: () => ({ js: '.mjs' }),
      noExternal: [/^@wmisec\//],
      esbuildOptions: (options) => {
        options.conditions = ['@wmisec/source'];
      },
      config: false,
      silent: true,
    });
    const tested = spawnSync(process.execPath, ['--test', join(directory, 'bundled.mjs')], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(tested.stdout).toMatch(/# fail 0\n/);
    expect(tested.status).toBe(0);
  });

  test('writes over nothing', async () => {
    written('rooms.mjs', 'mine');
    const { code, stderr } = await wmisec('init', 'Rooms', '-d', directory);
    expect([code, stderr]).toEqual([1, expect.stringContaining('FILE_NOT_WRITTEN')]);
    expect(readFileSync(join(directory, 'rooms.mjs'), 'utf8')).toBe('mine');
  });

  test('takes names that a class can have', async () => {
    const { stderr } = await wmisec('init', '../evil', '-d', directory);
    expect(stderr).toContain('a name of a provider is a letter');
  });
});

describe('provider check', () => {
  test('prints who can do what, what to look at, and the MOF', async () => {
    const file = written(
      'wide.mjs',
      `import { classSchema, defineProvider, serve } from '@wmisec/provider';
      const door = classSchema({ name: 'Acme_Door', properties: { Id: { type: 'uint32', key: true } } });
      export const doors = defineProvider({
        name: 'Doors',
        security: 'O:BAG:BAD:(D;;0x10;;;BG)(A;;0x11;;;WD)',
        classes: [serve(door, { enumerate: () => [], put: () => {} })],
      });`,
    );
    const { code, stdout, stderr } = await wmisec('check', file);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Runs as +the account of its own process, and never as its callers/);
    expect(stdout).toMatch(/Acme_Door.*write.*never Guests, World/);
    expect(stdout).toMatch(/^high +World may write Acme_Door$/m);
    expect(stdout).toContain('class Acme_Door {');
    const json = JSON.parse((await wmisec('check', file, '-f', 'json')).stdout);
    expect(json).toMatchObject([
      { review: { name: 'Doors' }, mof: expect.stringContaining('__Win32Provider') },
    ]);
  });

  test.each([
    ['nowhere.mjs', null, /nowhere\.mjs: expected a module, got no such file$/m],
    ['loud.mjs', "throw new Error('one\\u001b[31m\\ntwo')", /cannot be loaded: one·\[31m$/m],
    ['empty.mjs', 'export const x = 1;', /expected an export that defineProvider made, found none/],
    ['broken.mjs', 'export default nothing.at.all;', /cannot be loaded: nothing is not defined/],
    [
      'bad.mjs',
      "import { defineProvider } from '@wmisec/provider'; export default defineProvider({ name: 'A', security: 'D:' });",
      /cannot be loaded: a security descriptor without an owner/,
    ],
  ])('says what is wrong with %s in one sentence', async (name, text, sentence) => {
    if (text !== null) written(name, text);
    const { code, stdout, stderr } = await wmisec('check', join(directory, name));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^wmisec: INVALID_PROVIDER: /);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
