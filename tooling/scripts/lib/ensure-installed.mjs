import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const stampPath = join(root, 'node_modules/.wmisec-installed');

/** Whether the dependencies in node_modules are those of the lockfile. */
export function isInstalled() {
  return readIfThere(stampPath) === lockfileHash();
}

/** Installs what the lockfile names, with the pinned pnpm. */
export async function install() {
  const { pnpmCommand, pnpmEnvironment } = await import('./pnpm.mjs');
  const { runLogged } = await import('./run-logged.mjs');
  const options = ['--frozen-lockfile', '--config.confirmModulesPurge=false'];
  await runLogged('install', pnpmCommand('install', ...options), { env: pnpmEnvironment() });
  writeFileSync(stampPath, lockfileHash());
}

function lockfileHash() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
