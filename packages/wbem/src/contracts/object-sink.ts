import type { CimObject } from '../cim/objects.ts';

/** What `IWbemObjectSink::SetStatus` says: how far a call has come, or how it ended. */
export interface SinkStatus {
  /** `progress` only where the call asked for it, `WBEM_FLAG_SEND_STATUS`. */
  readonly kind: 'complete' | 'progress';
  /** An HRESULT, unsigned; with `progress`, the total in the high word and what is done in the low one. */
  readonly status: number;
  /** What the call results in beside objects: the path of a written instance. */
  readonly text: string | null;
  /** The `__ExtendedStatus` of a failure, as plain properties. */
  readonly extendedStatus: Readonly<Record<string, unknown>> | null;
}

/**
 * Receives what an asynchronous call results in, `IWbemObjectSink`. The service calls it, at a level that may be
 * low: whoever gives a bare sink away trusts everybody who can reach it. Neither method may take long, throw, or
 * cancel the call.
 * @see docs/rules.md 3.1, 3.7
 */
export interface ObjectSink {
  indicate(objects: readonly CimObject[]): void;
  /** One `complete` ends the call; a subscription that goes well never ends by itself. */
  setStatus(status: SinkStatus): void;
}

/**
 * Whose callbacks a stub lets through: `check`, those of the account of the machine that the sink was given to;
 * `dontCheck`, everybody's; `default`, as the setting `UnsecAppAccessControlDefault` of the client's machine says.
 * @see docs/rules.md 3.5
 */
export type SinkCheck = 'default' | 'check' | 'dontCheck';

/**
 * What stands in for a sink, and is passed to calls in its place. Disposal releases it: calls under way keep it and go
 * on, but nobody can cancel them any more (docs/rules.md 3.6).
 */
export interface SinkStub extends AsyncDisposable {
  readonly stubOf: ObjectSink;
  readonly check: SinkCheck;
}

/** Makes stubs, `IWbemUnsecuredApartment`. */
export interface UnsecuredApartment extends AsyncDisposable {
  /** @throws WbemError `E_INVALIDARG`, `E_NOINTERFACE` where nothing can check; never unchecked instead. */
  createSinkStub(sink: ObjectSink, check: SinkCheck): Promise<SinkStub>;
}
