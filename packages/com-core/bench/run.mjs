// Runs a benchmark that needs COM, on Windows directly, on Linux under Wine:
//
//     node packages/com-core/bench/run.mjs [read-rows]

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
import { ensureNode, ensurePrefix } from '../../../tooling/wine/prefix.mjs';
import { stream } from '../../../tooling/wine/process.mjs';
import { nativeAvailability } from '../../../tooling/wine/run-native.mjs';

const name = process.argv[2] ?? 'read-rows';
/** Beside the package's own modules, where koffi is found. */
const bundle = fileURLToPath(new URL(`../.cache/bench/${name}.mjs`, import.meta.url));
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
    entryPoints: [fileURLToPath(new URL(`${name}.bench.ts`, import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@wmisec/source'],
    external: ['koffi'],
    logLevel: 'error',
  });
}

function runBenchmark() {
  const options = { seconds: 300, cwd: root };
  if (onWindows) {
    const env = { ...process.env, WMISEC_FIXTURES: fixtures };
    return stream(process.execPath, [bundle], { ...options, env });
  }
  const NODE_OPTIONS = `--require "${windowsPath(join(here, 'preload.cjs'))}"`;
  return stream('wine', [nodeExe, windowsPath(bundle)], {
    ...options,
    env: wineEnvironment({ WMISEC_FIXTURES: windowsPath(fixtures), NODE_OPTIONS }),
  });
}
