import type { CimObject, EnumBatch } from '@wmisec/wbem';
import type { ServerCall } from './server-call.ts';

/** The service's side of an enumerator: of rows that are there, or of events that come. */
export interface Rows<T extends CimObject> {
  next(call: ServerCall, count: number): Promise<EnumBatch<T>>;
  skip(call: ServerCall, count: number): Promise<void>;
  reset(call: ServerCall): Promise<void>;
  clone(call: ServerCall): Promise<Rows<T>>;
  /** Lets the source go. Idempotent. */
  close(): void;
}
