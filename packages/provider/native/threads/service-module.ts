// What the tests have the thread of an apartment do.
import type { ApartmentScope } from '@wmisec/privileges';

/** Makes the fixture the registrar of this apartment. */
export function takeProviders(scope: ApartmentScope, file: string): void {
  const table = { file, functions: { serviceTakeProviders: ['void'] } } as const;
  scope.native.library(table).serviceTakeProviders();
}
