// Runs a benchmark of this package, on Windows directly, on Linux under Wine:
//
//     node packages/com-core/bench/run.mjs [read-rows]
import { fileURLToPath } from 'node:url';
import { runBenchmark } from '../../../tooling/wine/run-benchmark.mjs';

const name = process.argv[2] ?? 'read-rows';
const place = (path) => fileURLToPath(new URL(path, import.meta.url));

process.exitCode = await runBenchmark({
  name,
  entries: { [name]: place(`${name}.bench.ts`) },
  outdir: place('../.cache/bench'),
});
