// Runs the tests that need COM: on Windows directly, on Linux with Windows' node.exe under Wine.
//
//   node tooling/wine/run-native.mjs [vitest arguments]
//
// Fetches, builds and compiles what is missing into .cache/wine (or $WMISEC_WINE_CACHE), streams vitest's
// output and writes its JSON report. Exit codes: vitest's own; 124 when the time limit
// ($WMISEC_NATIVE_SECONDS, 600) is reached; 77 with one line when the tests had to be left out.
//
// Other scripts use two functions:
//   nativeAvailability()                  what stands in the way, and how many tests there are
//   runNative({ args, report, setUp })    runs them; resolves with { code, report, message }
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cache, fixtures, here, LEFT_OUT, nodeExe, root, windowsPath, wineEnvironment } from './config.mjs';
import { countNativeTests } from './count-tests.mjs';
import { compileFixtures, findCompiler } from './fixtures.mjs';
import { joinUsers, withLock } from './lock.mjs';
import { ensureNode, ensurePrefix, holdServices, stopServices } from './prefix.mjs';
import { findProgram, isMain, stream } from './process.mjs';
import { canInstall, install } from './setup.mjs';

const SECONDS = Number(process.env.WMISEC_NATIVE_SECONDS ?? 600);

/**
 * Whether the native tests can run here and now.
 * @returns `available`; `installable` when tooling/wine/setup.mjs can add what is missing; `missing`, the
 * programs by name; `tests` and `files`, counted in the sources; `message`, one line for people.
 */
export function nativeAvailability() {
  const { tests, files } = countNativeTests();
  const missing = missingPrograms();
  const available = missing.length === 0;
  const message = available
    ? `native tests: ${tests} tests in ${files} files`
    : `native tests left out: ${tests} tests in ${files} files; to run them: ${remedy()} (missing: ${missing.join(', ')})`;
  return { available, installable: !available && canInstall(), missing, tests, files, message };
}

/**
 * Runs the native tests.
 * @param args further arguments of vitest, such as a file name or `-t NAME`
 * @param report where vitest's JSON report goes; `.cache/wine/report.json` by default
 * @param setUp whether missing programs may be installed; true by default
 * @returns `code` (see the head of this file), `report`, and `message` when something stood in the way
 */
export async function runNative({ args = [], report = join(cache, 'report.json'), setUp = true } = {}) {
  const state = nativeAvailability();
  if (!state.available && !(setUp && state.installable))
    return { code: LEFT_OUT, report, message: state.message };

  rmSync(report, { force: true });
  try {
    await withLock(cache, () => prepare(state));
    return { code: await runVitest(args, report), report };
  } catch (error) {
    return { code: 1, report, message: `native tests could not start: ${error.message}` };
  }
}

async function prepare(state) {
  if (!state.available) install();
  if (process.platform === 'win32') {
    if (findCompiler() !== undefined) await makeFixtures();
    return;
  }
  ensureNode();
  ensurePrefix();
  await makeFixtures();
}

async function makeFixtures() {
  for (const complaint of await compileFixtures()) console.error(complaint);
}

async function runVitest(args, report) {
  mkdirSync(dirname(report), { recursive: true });
  const vitest = realpathSync(join(root, 'node_modules/vitest/vitest.mjs'));
  const options = [
    'run',
    '--config=vitest.native.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${nativePath(report)}`,
    ...args,
  ];
  const env = { WMISEC_FIXTURES: findCompiler() === undefined ? '' : nativePath(fixtures) };
  if (process.platform === 'win32') {
    const all = { ...process.env, ...env };
    return stream(process.execPath, [vitest, ...options], { seconds: SECONDS, cwd: root, env: all });
  }

  const preload = windowsPath(join(here, 'preload.cjs'));
  const all = wineEnvironment({ ...env, NODE_OPTIONS: `--require "${preload}"` });
  const users = await withLock(cache, () => joinUsers(join(cache, 'users')));
  const letGo = await holdServices();
  try {
    const command = [nodeExe, windowsPath(vitest), ...options];
    return await stream('wine', command, { seconds: SECONDS, cwd: root, env: all });
  } finally {
    letGo();
    await withLock(cache, () => users.leave() && stopServices());
  }
}

function nativePath(path) {
  return process.platform === 'win32' ? path : windowsPath(resolve(path));
}

function missingPrograms() {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux' || process.arch !== 'x64') return ['Windows, or Linux on x64'];
  const missing = ['wine', 'wineserver', 'x86_64-w64-mingw32-gcc'].filter((name) => !findProgram(name));
  if (findCompiler() === undefined) missing.push('x86_64-w64-mingw32-g++');
  return missing;
}

function remedy() {
  if (process.platform !== 'linux') return 'use Windows, or Linux on x64';
  return canInstall() ? 'node tooling/wine/setup.mjs' : 'as root: node tooling/wine/setup.mjs';
}

if (isMain(import.meta.url)) {
  const { code, message } = await runNative({ args: process.argv.slice(2) });
  if (message !== undefined) console.error(message);
  process.exitCode = code;
}
