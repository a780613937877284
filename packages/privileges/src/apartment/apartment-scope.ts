import type { Native, ServedInterface } from '@wmisec/com-core';

/** What a module's function has on the thread of an apartment. */
export interface ApartmentScope {
  readonly native: Native;
  /** Sends data to `onData`, cloned. Decode it first: addresses mean nothing after the call. */
  post(data: unknown): void;
  /** Tells `onError` what went wrong, without a stack. */
  report(error: unknown): void;
  /**
   * Keeps the thread turning while work is pending that a handler left behind; without it the thread sleeps up to
   * 50 ms between two turns of its event loop.
   */
  keepTurning(work: Promise<unknown>): void;
}

/** The interfaces of an object, with handlers that are synchronous and run only for callers that the policy lets in. */
export type HostedInterfaces = ServedInterface | readonly [ServedInterface, ...ServedInterface[]];

/** An object that also answers the thread that had it made. */
export interface HostedParts {
  readonly interfaces: HostedInterfaces;
  /** What `HostedObject.ask` gets; both are cloned. */
  answer(question: never): unknown;
}

/** The export of a module that makes an object. */
export type HostedModule = (
  scope: ApartmentScope,
  ...args: readonly never[]
) => HostedInterfaces | HostedParts | Promise<HostedInterfaces | HostedParts>;
