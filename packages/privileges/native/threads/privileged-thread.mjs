import { runSource } from './source-thread.mjs';

await runSource('src/worker/privileged-program.ts');
