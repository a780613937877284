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
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const programs = await buildPrograms(join(project.config.root, '.cache/programs'), {
    'apartment-program': source('../../../privileges/src/apartment/apartment-program.ts'),
    'ending-sink-program': source('./ending-sink-program.ts'),
    'marshalled-sink-program': source('./marshalled-sink-program.ts'),
  });
  project.provide('programs', programs);
}
