// npm test: installs, runs the tests of every project that can run here, and ends with `N passed, N failed`.
//
//   npm test                    all that can run on this machine
//   npm test -- --require-all   fails when anything was left out
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './lib/paths.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
const { prepareToTest } = await import('./lib/prepare.mjs');
await prepareToTest();
const { ensurePeerPrograms } = await import('./lib/peer-programs.mjs');
const { countTests } = await import('./lib/count-tests.mjs');
const { readReport } = await import('./lib/vitest-report.mjs');
const { KNOWN_SKIPS } = await import('./known-skips.mjs');
const { runNative } = await import('../wine/run-native.mjs');
const { LEFT_OUT } = await import('../wine/config.mjs');

const requireAll = process.argv.includes('--require-all');
const reports = join(cache, 'reports');
mkdirSync(reports, { recursive: true });

const peers = await ensurePeerPrograms();
const leftOut = peers.map(describeMissing);
// The native run comes first: it installs the headers with which unit tests compare.
const outcomes = [await runNativeTests(), await runUnitTests()];
process.exitCode = conclude(outcomes);

async function runUnitTests() {
  const report = join(reports, 'unit.json');
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  for (const { folder } of peers) options.push(`--exclude=**/${folder}/**`);
  const child = spawn(process.execPath, [vitest, ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((done) => child.once('close', done));
  return withCode(readReport(report), code);
}

async function runNativeTests() {
  const { code, report, message } = await runNative({ report: join(reports, 'native.json') });
  if (code === LEFT_OUT) {
    leftOut.push(message);
    return { passed: 0, failed: 0, skipped: [], broken: [] };
  }
  if (message !== undefined) console.error(message);
  return withCode(readReport(report), code);
}

/** A run that failed while each of its tests passed, by an error outside of them, counts as one failure. */
function withCode(outcome, code) {
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

function describeMissing({ name, folder, remedy }) {
  return `comparisons with ${name} left out: ${countTests(folder)} tests; to run them: ${remedy}`;
}

/** Says what was left out, then the counts; returns the exit code. */
function conclude(outcomes) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped).filter((name) => !isKnownSkip(name));
  const missing = [...leftOut, ...skipped.map((name) => `skipped: ${name}`)];
  console.log();
  for (const line of missing) console.log(line);
  for (const path of outcomes.flatMap(({ broken }) => broken)) console.log(`could not be run: ${path}`);
  if (requireAll && missing.length > 0) console.log('--require-all: something was left out');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 || (requireAll && missing.length > 0) ? 1 : 0;
}

function isKnownSkip(fullName) {
  return KNOWN_SKIPS.some(({ test }) => (typeof test === 'string' ? test === fullName : test.test(fullName)));
}
