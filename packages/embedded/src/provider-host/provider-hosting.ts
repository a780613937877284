import type { WbemServices } from '@wmisec/wbem';
import type { HearProvider } from './audited-instances.ts';
import type { Impersonation } from './impersonation.ts';
import type { AdmitToProvider } from './provider-gate.ts';

/** What the service has for the providers of a namespace, and sets before them. */
export interface ProviderHosting {
  /** Lets a call on to them. */
  readonly admit: AdmitToProvider;
  /** Is told of their errors. */
  readonly hear: HearProvider;
  readonly impersonation: Impersonation;
  /** Their way back into the service. */
  readonly openServices: () => Promise<WbemServices>;
}
