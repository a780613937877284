import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildPrograms } from '../../../../tooling/build/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built programs, a file URL with a slash at its end. */
    programs: string;
  }
}

/** Builds what the tests run on threads. */
export default async function setup(project: TestProject): Promise<void> {
  const programs = await buildPrograms(join(project.config.root, '.cache/programs'), {
    'apartment-program': fileURLToPath(new URL('../../src/apartment/apartment-program.ts', import.meta.url)),
    'privileged-program': fileURLToPath(new URL('../../src/worker/privileged-program.ts', import.meta.url)),
    'apartment-module': fileURLToPath(new URL('./apartment-module.ts', import.meta.url)),
  });
  project.provide('programs', programs);
}
