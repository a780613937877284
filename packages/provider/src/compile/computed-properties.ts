import { failed, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import type { AnyHandlers } from '../handlers/any-handlers.ts';
import type { ProviderCall } from '../handlers/provider-call.ts';

type Compute = NonNullable<AnyHandlers['properties']>[string];

/** The properties of a class that handlers fill in, as far as somebody reads them and may. */
export function computedProperties(
  { properties = {} }: AnyHandlers,
  read: ReadonlySet<string> | null,
  withheld: readonly string[],
): ReadonlyMap<string, Compute> {
  const wanted = Object.entries(properties).filter(
    ([name]) => (read === null || read.has(name)) && !withheld.includes(name),
  );
  return new Map(wanted);
}

/** The row with what its handlers fill in; what one of them denies is null. @see docs/rules.md 4.6 */
export async function computedRow(
  row: PropertyBag,
  computed: ReadonlyMap<string, Compute>,
  call: ProviderCall,
): Promise<PropertyBag> {
  const values: Record<string, PropertyBag[string]> = { ...row };
  for (const [name, compute] of computed) values[name] = await valueOrNull(() => compute(row, call));
  return values;
}

export function computedRows(
  rows: readonly PropertyBag[],
  computed: ReadonlyMap<string, Compute>,
  call: ProviderCall,
): Promise<readonly PropertyBag[]> {
  return Promise.all(rows.map((row) => computedRow(row, computed, call)));
}

async function valueOrNull(compute: () => ReturnType<Compute>): Promise<PropertyBag[string]> {
  try {
    return (await compute()) ?? null;
  } catch (error) {
    if (isDenied(error)) return null;
    throw error;
  }
}

function isDenied(error: unknown): boolean {
  if (!(error instanceof WbemError) || !failed(error.hresult)) return false;
  return (
    error.hresult === WbemStatus.WBEM_E_ACCESS_DENIED ||
    error.hresult === WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD
  );
}
