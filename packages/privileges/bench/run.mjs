// Runs a benchmark of this package, on Windows directly, on Linux under Wine:
//
//     node packages/privileges/bench/run.mjs [incoming-calls]
//
// The benchmark, the program of the apartment's thread and the module that it loads stand beside each other, as
// they do in the package.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  fixtures,
  here,
  nodeExe,
  root,
  windowsPath,
  wineEnvironment,
} from '../../../tooling/wine/config.mjs';
import { compileFixtures } from '../../../tooling/wine/fixtures.mjs';
import { ensureNode, ensurePrefix, holdServices } from '../../../tooling/wine/prefix.mjs';
import { stream } from '../../../tooling/wine/process.mjs';
import { nativeAvailability } from '../../../tooling/wine/run-native.mjs';

const name = process.argv[2] ?? 'incoming-calls';
const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundle = place(`../.cache/bench/${name}.js`);
/** Where koffi is found. */
const modules = join(root, 'packages/com-core/node_modules');
const onWindows = process.platform === 'win32';

const { available, missing } = nativeAvailability();
if (available) process.exitCode = await prepareAndRun();
else console.error(`${name} is left out, it needs: ${missing.join(', ')}`);

async function prepareAndRun() {
  await bundleBenchmark();
  if (!onWindows) {
    ensureNode();
    ensurePrefix();
  }
  await compileFixtures();
  return runBenchmark();
}

async function bundleBenchmark() {
  const tsup = realpathSync(join(root, 'node_modules/tsup/package.json'));
  const { build } = await import(pathToFileURL(createRequire(tsup).resolve('esbuild')).href);
  await build({
    entryPoints: {
      [name]: place(`${name}.bench.ts`),
      'apartment-program': place('../src/apartment/apartment-program.ts'),
      'apartment-module': place('../native/threads/apartment-module.ts'),
    },
    outdir: place('../.cache/bench'),
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

async function runBenchmark() {
  const options = { seconds: 300, cwd: root };
  if (onWindows) {
    const env = { ...process.env, WMISEC_FIXTURES: fixtures, NODE_PATH: modules };
    return stream(process.execPath, [bundle], { ...options, env });
  }
  const NODE_OPTIONS = `--require "${windowsPath(join(here, 'preload.cjs'))}"`;
  const env = wineEnvironment({
    WMISEC_FIXTURES: windowsPath(fixtures),
    NODE_PATH: windowsPath(modules),
    NODE_OPTIONS,
  });
  const letGo = await holdServices();
  try {
    return await stream('wine', [nodeExe, windowsPath(bundle)], { ...options, env });
  } finally {
    letGo();
  }
}
