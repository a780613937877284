import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildPrograms } from '../../../../../tooling/build/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built programs, a file URL with a slash at its end. */
    programs: string;
  }
}

/** Builds the sample as `npm start` does, but for the sink's own program: Wine has no proxy for sinks. */
export default async function setup(project: TestProject): Promise<void> {
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const packages = '../../../../../packages';
  const programs = await buildPrograms(join(project.config.root, '.cache/programs'), {
    'receive-rows': source('../../src/receive-rows.ts'),
    'apartment-program': source(`${packages}/privileges/src/apartment/apartment-program.ts`),
    'apartment-sink-program': source(`${packages}/events/native/threads/marshalled-sink-program.ts`),
  });
  project.provide('programs', programs);
}
