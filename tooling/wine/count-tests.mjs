import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './config.mjs';

/** Counts the native tests in the sources; a parametrised one counts once. */
export function countNativeTests() {
  const paths = ['packages', 'apps', 'apps/samples', 'tooling'].flatMap((group) =>
    readdirSync(join(root, group)).flatMap((name) => testFiles(join(root, group, name, 'native'))),
  );
  const counts = paths.map((path) => readFileSync(path, 'utf8').match(/^\s*(test|it)\b[.(]/gm)?.length ?? 0);
  return { files: paths.length, tests: counts.reduce((sum, count) => sum + count, 0) };
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}
