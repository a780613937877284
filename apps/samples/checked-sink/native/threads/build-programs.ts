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

const source = (name: string) => fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url));
const privileges = '../../../../../packages/privileges/src/apartment/apartment-program.ts';

/** Builds the sample as `npm start` does, and what its tests run in the apartment. */
export default async function setup(project: TestProject): Promise<void> {
  const programs = await buildPrograms(join(project.config.root, '.cache/programs'), {
    'receive-rows': source('receive-rows'),
    'row-sink': source('row-sink'),
    'async-query': source('async-query'),
    'apartment-program': fileURLToPath(new URL(privileges, import.meta.url)),
    'machine-module': fileURLToPath(new URL('./machine-module.ts', import.meta.url)),
  });
  project.provide('programs', programs);
}
