import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built programs, a file URL with a slash at its end. */
    programs: string;
  }
}

const own = createRequire(import.meta.url);
const conditions = ['@wmisec/source', 'import', 'node', 'default'];

/** Builds what runs on threads, once for all tests, so that a thread starts as fast as from the package. */
export default async function setup(project: TestProject): Promise<void> {
  const outDir = await buildPrograms(join(project.config.root, '.cache/programs'), {
    'apartment-program': fileURLToPath(new URL('../../src/apartment/apartment-program.ts', import.meta.url)),
    'privileged-program': fileURLToPath(new URL('../../src/worker/privileged-program.ts', import.meta.url)),
    'apartment-module': fileURLToPath(new URL('./apartment-module.ts', import.meta.url)),
  });
  project.provide('programs', `${pathToFileURL(outDir)}/`);
}

/** @param input sources by name; they stand beside each other in `outDir` as they do in the package. */
export async function buildPrograms(outDir: string, input: Record<string, string>): Promise<string> {
  const vitest = own.resolve('vitest/package.json');
  const { build } = await import(pathToFileURL(createRequire(await realpath(vitest)).resolve('vite')).href);
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
  await linkKoffi(outDir);
  return outDir;
}

/** Programs load koffi from where they are. */
async function linkKoffi(outDir: string): Promise<void> {
  const folder = join(outDir, 'node_modules/koffi');
  const koffi = createRequire(
    fileURLToPath(new URL('../../../com-core/package.json', import.meta.url)),
  ).resolve('koffi');
  await mkdir(folder, { recursive: true });
  await writeFile(join(outDir, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'package.json'), '{ "main": "index.cjs" }');
  await writeFile(join(folder, 'index.cjs'), `module.exports = require(${JSON.stringify(koffi)});`);
}
