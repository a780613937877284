import type { Native, ServedInterface } from '@wmisec/com-core';

/** What a module's function has on the thread of an apartment. */
export interface ApartmentScope {
  readonly native: Native;
  /** Sends data to `onData`, cloned. Decode it first: addresses mean nothing after the call. */
  post(data: unknown): void;
}

/**
 * The export of a module that makes an object: the interfaces it serves, with handlers that are synchronous and
 * run only for callers that the policy lets in.
 */
export type HostedModule = (
  scope: ApartmentScope,
  ...args: readonly never[]
) => ServedInterface | readonly [ServedInterface, ...ServedInterface[]];
