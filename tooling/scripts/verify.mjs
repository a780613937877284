// npm run verify: everything a change must pass, cheapest first. All steps run, so that one look shows all
// that is wrong.
//
//   npm run verify                      everything
//   npm run verify -- types tests       these steps
//   npm run verify -- --except tests    all but these
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { pnpmCommand, pnpmEnvironment } from './lib/pnpm.mjs';
import { prepareToTest } from './lib/prepare.mjs';
import { requireNode } from './lib/require-node.mjs';

const node = process.execPath;
const tool = (path) => [node, join(root, 'node_modules', path)];
const script = (name, ...args) => [node, join(root, 'tooling/scripts', name), ...args];

const STEPS = {
  format: tool('@biomejs/biome/bin/biome').concat('ci', '--error-on-warnings'),
  changesets: script('check-changesets.mjs'),
  references: script('check-references.mjs'),
  types: tool('typescript/bin/tsc').concat('--noEmit'),
  imports: tool('dependency-cruiser/bin/dependency-cruise.mjs').concat(
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'packages', 'apps'],
  ),
  graph: script('graph.mjs', '--check'),
  unused: tool('knip/bin/knip.js').concat('--no-config-hints'),
  docs: tool('typedoc/bin/typedoc').concat('--emit', 'none'),
  tests: script('test.mjs', ...(process.argv.includes('--require-all') ? ['--require-all'] : [])),
  build: pnpmCommand('exec', 'turbo', 'run', 'build', '--output-logs=errors-only'),
  packages: script('check-packages.mjs'),
  start: script('check-start.mjs'),
};

/** Steps that say nothing useful when an earlier one has failed. */
const NEEDS = { packages: 'build' };

requireNode();
await prepareToTest();
const failed = [];
for (const name of chosenSteps(process.argv.slice(2))) {
  const needed = NEEDS[name];
  if (needed !== undefined && failed.includes(needed))
    console.log(`verify: ${name} left out, it needs ${needed}`);
  else if (!passes(name)) failed.push(name);
}
if (failed.length > 0) {
  console.log(`verify: failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function chosenSteps(args) {
  const words = args.filter((arg) => !arg.startsWith('--'));
  const unknown = words.filter((word) => !(word in STEPS));
  if (unknown.length > 0) {
    console.error(
      `verify: there is no step ${unknown.join(', ')}; the steps are ${Object.keys(STEPS).join(', ')}`,
    );
    process.exit(2);
  }
  const except = args.includes('--except');
  return Object.keys(STEPS).filter((name) => words.length === 0 || words.includes(name) !== except);
}

function passes(name) {
  const [program, ...args] = STEPS[name];
  const start = Date.now();
  console.log(`verify: ${name}`);
  const shell = process.platform === 'win32' && program !== node;
  const { status } = spawnSync(program, args, { cwd: root, env: pnpmEnvironment(), shell, stdio: 'inherit' });
  console.log(
    `verify: ${name} ${status === 0 ? 'passed' : 'FAILED'}, ${Math.round((Date.now() - start) / 1000)} s`,
  );
  return status === 0;
}
