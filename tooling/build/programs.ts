import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const conditions = ['@wmisec/source', 'import', 'node', 'default'];

/**
 * Builds programs that native tests run on threads of their own: once for all tests, so that a thread starts as fast
 * as it does from the package. It works under Wine, too.
 * @param outDir a folder that git ignores
 * @param input sources by name; they stand beside each other in `outDir` as they do in the package
 * @returns the folder as a file URL, with a slash at its end
 */
export async function buildPrograms(outDir: string, input: Record<string, string>): Promise<string> {
  const vitest = realpathSync.native(join(root, 'node_modules/vitest/package.json'));
  const { build } = await import(pathToFileURL(createRequire(vitest).resolve('vite')).href);
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions, externalConditions: conditions } },
  });
  linkKoffi(outDir);
  return `${pathToFileURL(outDir)}/`;
}

/** Programs load koffi from where they are. */
function linkKoffi(outDir: string): void {
  const koffi = createRequire(join(root, 'packages/com-core/package.json')).resolve('koffi');
  const folder = join(outDir, 'node_modules/koffi');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'package.json'), '{ "main": "index.cjs" }');
  writeFileSync(join(folder, 'index.cjs'), `module.exports = require(${JSON.stringify(koffi)});`);
}
