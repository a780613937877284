// What a host loads into its apartment: the provider's module, served as a COM object.

import type { ApartmentScope, HostedParts } from '@wmisec/privileges';
import type { HostSettings } from './host-question.ts';
import { loadProvider } from './load-provider.ts';
import { ServedProvider } from './served-provider.ts';

/** @throws WmisecError `INVALID_ARGUMENT` for a module without a provider; whatever loading it throws. */
export default async function hostProvider(
  scope: ApartmentScope,
  settings: HostSettings,
): Promise<HostedParts> {
  return new ServedProvider(scope, await loadProvider(settings.module, settings.exportName), settings);
}
