// Bundles a benchmark that needs COM and runs it: on Windows directly, on Linux under Wine. A package's
// `bench/run.mjs` calls it.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fixtures, here, nodeExe, root, windowsPath, wineEnvironment } from './config.mjs';
import { compileFixtures } from './fixtures.mjs';
import { ensureNode, ensurePrefix, holdServices } from './prefix.mjs';
import { stream } from './process.mjs';
import { nativeAvailability } from './run-native.mjs';

const SECONDS = 300;
const onWindows = process.platform === 'win32';
/** Where koffi is found. */
const modules = join(root, 'packages/com-core/node_modules');

/**
 * @param name the benchmark, one of `entries`
 * @param entries sources by name; they stand beside each other in `outdir` as they do in the package
 * @param outdir a folder that git ignores
 * @returns the exit code; 0 with one line where the benchmark had to be left out
 */
export async function runBenchmark({ name, entries, outdir }) {
  const { available, missing } = nativeAvailability();
  if (!available) {
    console.error(`${name} is left out, it needs: ${missing.join(', ')}`);
    return 0;
  }
  await bundle(entries, outdir);
  if (!onWindows) {
    ensureNode();
    ensurePrefix();
  }
  await compileFixtures();
  return run(join(outdir, `${name}.js`));
}

async function bundle(entryPoints, outdir) {
  const tsup = realpathSync(join(root, 'node_modules/tsup/package.json'));
  const { build } = await import(pathToFileURL(createRequire(tsup).resolve('esbuild')).href);
  await build({
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@wmisec/source'],
    external: ['koffi'],
    logLevel: 'error',
  });
}

async function run(program) {
  const options = { seconds: SECONDS, cwd: root };
  if (onWindows) {
    const env = { ...process.env, WMISEC_FIXTURES: fixtures, NODE_PATH: modules };
    return stream(process.execPath, [program], { ...options, env });
  }
  const env = wineEnvironment({
    WMISEC_FIXTURES: windowsPath(fixtures),
    NODE_PATH: windowsPath(modules),
    NODE_OPTIONS: `--require "${windowsPath(join(here, 'preload.cjs'))}"`,
  });
  const letGo = await holdServices();
  try {
    return await stream('wine', [nodeExe, windowsPath(program)], { ...options, env });
  } finally {
    letGo();
  }
}
