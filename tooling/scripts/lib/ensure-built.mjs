import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sourcesFingerprint } from './fingerprint.mjs';
import { cache, root } from './paths.mjs';

/** What `npm start` runs. */
export const mainPath = join(root, 'apps/cli/dist/main.js');

const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
const shared = [join(root, 'tooling/build/tsup.ts'), join(root, 'tsconfig.base.json')];

/** Whether the command line and the packages that it needs were built from the sources as they are now. */
export function isBuilt() {
  return neededFolders().every(isFresh);
}

/** Builds those that were not: code only, since running needs no types; those of an earlier full build stay. */
export async function build() {
  const { runLogged } = await import('./run-logged.mjs');
  const stale = neededFolders().filter((folder) => !isFresh(folder));
  mkdirSync(join(cache, 'built'), { recursive: true });
  const buildOne = async (folder) => {
    // Of the state before the build: what changes meanwhile is built the next time.
    const fingerprint = fingerprintOf(folder);
    const command = [process.execPath, tsup, '--no-dts', '--no-clean'];
    await runLogged(`build-${basename(folder)}`, command, { cwd: folder });
    writeFileSync(stampOf(folder), fingerprint);
  };
  const results = await Promise.allSettled(stale.map(buildOne));
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

function isFresh(folder) {
  const stamp = stampOf(folder);
  return (
    existsSync(join(folder, 'dist/index.js')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprintOf(folder)
  );
}

function fingerprintOf(folder) {
  return sourcesFingerprint(folder, shared);
}

function stampOf(folder) {
  return join(cache, 'built', basename(folder));
}

/** The folders of the command line and of every package of this repository that it depends on. */
function neededFolders() {
  const packages = new Map(
    readdirSync(join(root, 'packages'))
      .map((name) => join(root, 'packages', name))
      .filter((folder) => existsSync(join(folder, 'package.json')))
      .map((folder) => [manifestOf(folder).name, folder]),
  );
  const needed = new Set([dirname(dirname(mainPath))]);
  for (const folder of needed) {
    for (const name of Object.keys(manifestOf(folder).dependencies ?? {}))
      if (packages.has(name)) needed.add(packages.get(name));
  }
  return [...needed];
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
