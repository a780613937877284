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

/** Builds what the tests run on threads: the apartment, what a host loads into it, and the providers. */
export default async function setup(project: TestProject): Promise<void> {
  const programs = await buildPrograms(join(project.config.root, '.cache/programs'), {
    'apartment-program': fileURLToPath(
      new URL('../../../privileges/src/apartment/apartment-program.ts', import.meta.url),
    ),
    'provider-program': fileURLToPath(new URL('../../src/native/provider-program.ts', import.meta.url)),
    'service-module': fileURLToPath(new URL('./service-module.ts', import.meta.url)),
    'three-rows': fileURLToPath(new URL('../samples/three-rows.ts', import.meta.url)),
    doors: fileURLToPath(new URL('../../../../tooling/conformance/src/doors-module.ts', import.meta.url)),
    doorbell: fileURLToPath(new URL('../samples/doorbell.ts', import.meta.url)),
    who: fileURLToPath(new URL('../samples/who.ts', import.meta.url)),
    misbehaving: fileURLToPath(new URL('../samples/misbehaving.ts', import.meta.url)),
  });
  project.provide('programs', programs);
}
