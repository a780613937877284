import { type Provider, WmisecError } from '@wmisec/wbem';

/** What a module brings to its host. */
export interface LoadedProvider {
  readonly provider: Provider;
  /** Where it serves, as its definition says; null for a bare provider. */
  readonly namespace: string | null;
  /** `__Win32Provider.HostingModel`, as its definition says; null for a bare provider. */
  readonly hosting: string | null;
}

/**
 * The provider that a module exports: a definition, or a bare `Provider`.
 * @throws WmisecError `INVALID_ARGUMENT` when the export is neither; whatever loading the module throws.
 */
export async function loadProvider(module: string, exportName: string): Promise<LoadedProvider> {
  const loaded = await import(/* @vite-ignore */ module);
  const found: unknown = loaded[exportName];
  if (isProvider(found)) return { provider: found, namespace: null, hosting: null };
  const { provider, namespace = null, hosting = null } = Object(found) as Partial<LoadedProvider>;
  if (isProvider(provider)) return { provider, namespace, hosting };
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `expected a provider as the export ${exportName} of ${module}, got ${found === undefined ? 'none' : 'something else'}`,
  );
}

function isProvider(value: unknown): value is Provider {
  if (typeof value !== 'object' || value === null) return false;
  const { name, classes } = value as Partial<Provider>;
  return typeof name === 'string' && Array.isArray(classes);
}
