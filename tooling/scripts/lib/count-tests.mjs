import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Counts the tests in the sources of one folder of each package; a parametrised one counts once. */
export function countTests(folder) {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name, folder))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path, { recursive: true }).map((name) => join(path, name)))
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => readFileSync(path, 'utf8').match(/^\s*(test|it)\b[.(]/gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}
