// Runs a benchmark of this package, on Windows directly, on Linux under Wine:
//
//     node packages/privileges/bench/run.mjs [incoming-calls]
//
// The benchmark, the program of the apartment's thread and the module that it loads stand beside each other, as
// they do in the package.
import { fileURLToPath } from 'node:url';
import { runBenchmark } from '../../../tooling/wine/run-benchmark.mjs';

const name = process.argv[2] ?? 'incoming-calls';
const place = (path) => fileURLToPath(new URL(path, import.meta.url));

process.exitCode = await runBenchmark({
  name,
  entries: {
    [name]: place(`${name}.bench.ts`),
    'apartment-program': place('../src/apartment/apartment-program.ts'),
    'apartment-module': place('../native/threads/apartment-module.ts'),
  },
  outdir: place('../.cache/bench'),
});
