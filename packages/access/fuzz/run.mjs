// node packages/access/fuzz/run.mjs [inputs=300000] [seed=1]
//
// Feeds damaged descriptors and SDDL to the readers. Fails when one throws anything but an error with a code, or
// takes more than 50 ms.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const outDir = fileURLToPath(new URL('../.cache/fuzz/', import.meta.url));
mkdirSync(outDir, { recursive: true });
await build({
  entry: { fuzz: fileURLToPath(new URL('./fuzz-descriptors.ts', import.meta.url)) },
  outDir,
  format: ['esm'],
  outExtension: () => ({ js: '.mjs' }),
  noExternal: [/^@wmisec\//],
  esbuildOptions: (options) => {
    options.conditions = ['@wmisec/source'];
  },
  config: false,
  silent: true,
});
const { status } = spawnSync(process.execPath, [`${outDir}fuzz.mjs`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
