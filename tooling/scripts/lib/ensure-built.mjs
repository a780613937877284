import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesFingerprint } from './fingerprint.mjs';
import { cache, root } from './paths.mjs';

/** What `npm start` runs. */
export const mainPath = join(root, 'apps/cli/dist/main.js');

const stampPath = join(cache, 'built');

/** Whether every package's dist was made from the sources as they are now. */
export function isBuilt() {
  if (!existsSync(stampPath) || !existsSync(mainPath)) return false;
  return readFileSync(stampPath, 'utf8') === sourcesFingerprint(packageFolders());
}

/** Builds the command line and the packages that it needs, in order. */
export async function build() {
  const { pnpmCommand, pnpmEnvironment } = await import('./pnpm.mjs');
  const { runLogged } = await import('./run-logged.mjs');
  // Of the state before the build: what changes meanwhile is built the next time.
  const fingerprint = sourcesFingerprint(packageFolders());
  const turbo = ['exec', 'turbo', 'run', 'build', '--filter=wmisec...', '--output-logs=errors-only'];
  await runLogged('build', pnpmCommand(...turbo), { env: pnpmEnvironment() });
  if (!existsSync(mainPath)) throw new Error(`the build ended without ${mainPath}`);
  mkdirSync(cache, { recursive: true });
  writeFileSync(stampPath, fingerprint);
}

function packageFolders() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  return [...packages, join(root, 'apps/cli')];
}
