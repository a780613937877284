// Runs a program of this package from its sources on a worker thread, as the bundle would run from its own.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const vitest = realpathSync.native(join(root, 'node_modules/vitest/package.json'));
const { createServer, createServerModuleRunner } = await import(
  pathToFileURL(createRequire(vitest).resolve('vite')).href
);
const conditions = ['@wmisec/source', 'import', 'node', 'default'];
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  oxc: { target: 'node20' },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { resolve: { conditions, externalConditions: conditions }, noExternal: [/^@wmisec\//] },
  resolve: { conditions },
});

/** @param path of the program, from the folder of the package. */
export async function runSource(path) {
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
  await runner.import(join(root, 'packages/privileges', path).replaceAll('\\', '/'));
  await server.close();
}
