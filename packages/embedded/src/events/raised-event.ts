import type { PreparedDescriptor } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';

/** An event on its way, with what is found out about it once for all its subscribers. */
export interface RaisedEvent {
  readonly instance: CimInstance;
  /** Whom it is for; null for everyone. */
  readonly descriptor: PreparedDescriptor | null;
  /** In bytes, about. */
  readonly size: number;
}
