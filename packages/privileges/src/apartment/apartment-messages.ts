import type { Guid } from '@wmisec/wbem';
import type { CallerPolicy } from '../caller/caller-policy.ts';

/** A function of a module, and what it gets. */
export interface ModuleCall {
  readonly module: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
}

/** What the apartment is asked for. Each request is answered once. */
export type ApartmentRequest =
  | ({ readonly kind: 'host'; readonly policy: CallerPolicy } & ModuleCall)
  | ({ readonly kind: 'run' } & ModuleCall)
  | { readonly kind: 'marshal'; readonly object: number; readonly iid: Guid }
  | { readonly kind: 'ask'; readonly object: number; readonly question: unknown }
  | { readonly kind: 'release'; readonly object: number }
  | { readonly kind: 'close' };

export interface NumberedRequest {
  readonly number: number;
  readonly request: ApartmentRequest;
}

/** Answers `host`. */
export interface HostedReply {
  readonly object: number;
  /** The address of each served interface by its name, valid on the apartment's own thread. */
  readonly pointers: Readonly<Record<string, number>>;
}

/** Answers `close`. */
export interface ClosedReply {
  /** Objects that native code still holds references to. */
  readonly referenced: number;
}

export interface FailureReport {
  readonly code: string;
  readonly message: string;
  readonly hresult?: number | undefined;
}

/** What the apartment says. */
export type ApartmentReport =
  | { readonly kind: 'ready'; readonly threadId: number }
  | { readonly kind: 'reply'; readonly number: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly number: number; readonly failure: FailureReport }
  | { readonly kind: 'method'; readonly id: number; readonly name: string }
  | { readonly kind: 'data'; readonly object: number; readonly data: unknown }
  | { readonly kind: 'refused'; readonly object: number; readonly method: string; readonly reason: string }
  | { readonly kind: 'error'; readonly object: number; readonly failure: FailureReport };

export interface ApartmentData {
  readonly state: SharedArrayBuffer;
  readonly backlog: number;
}
