// What the tests have the thread of an apartment do.
import type { ApartmentScope } from '@wmisec/privileges';

/** Makes the fixture the registrar of this apartment. */
export function takeProviders(scope: ApartmentScope, file: string): number {
  const table = { file, functions: { serviceTakeProviders: ['DWORD'] } } as const;
  return scope.native.library(table).serviceTakeProviders();
}
