import { runSource } from './source-thread.mjs';

await runSource('src/apartment/apartment-program.ts');
