import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A word that changes when a source or the manifest of the package in `folder` does, or a file of `others`: over
 * names, sizes and times of change, since reading every file would cost each start more than building costs one.
 */
export function sourcesFingerprint(folder, others = []) {
  const hash = createHash('sha256');
  for (const path of [join(folder, 'package.json'), join(folder, 'tsup.config.ts'), ...others])
    add(hash, path);
  addTree(hash, join(folder, 'src'));
  return hash.digest('hex');
}

function addTree(hash, folder) {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addTree(hash, path);
    else if (!/\.test\.ts$/.test(entry.name)) add(hash, path);
  }
}

function add(hash, path) {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts !== undefined) hash.update(`${path}\0${facts.size}\0${facts.mtimeMs}\n`);
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
