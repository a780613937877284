// npm run bench: runs the benchmarks of the packages and of what spans them (bench/*.bench.ts), which print ratios.
//
//   npm run bench            all
//   npm run bench -- wql     those whose path contains a word
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'tsup';
import { root } from './lib/paths.mjs';

const words = process.argv.slice(2);
for (const path of benchmarks().filter((each) => words.every((word) => each.includes(word)))) {
  console.log(`\n${relative(root, path)}`);
  process.exitCode ||= run(await commandOf(path));
}

function benchmarks() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  return [...packages, join(root, 'tooling/conformance')]
    .map((folder) => join(folder, 'bench'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.bench.ts'));
}

/** A package whose benchmarks need COM has a runner of its own. */
async function commandOf(path) {
  const runner = join(dirname(path), 'run.mjs');
  const name = basename(path, '.bench.ts');
  return existsSync(runner) ? [runner, name] : ['--expose-gc', await bundle(path, name)];
}

/** Made from the sources of all packages, where the benchmark's own package finds its dependencies. */
async function bundle(path, name) {
  const outDir = join(dirname(path), '../.cache/bench');
  mkdirSync(outDir, { recursive: true });
  await build({
    entry: { [name]: path },
    outDir,
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    noExternal: [/^@wmisec\//],
    esbuildOptions: (options) => {
      options.conditions = ['@wmisec/source'];
    },
    config: false,
    silent: true,
  });
  return join(outDir, `${name}.mjs`);
}

function run(args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
