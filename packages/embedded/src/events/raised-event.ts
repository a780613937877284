import type { PreparedDescriptor } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';

/** An event on its way, with what is found out about it once for all its subscribers. */
export interface RaisedEvent {
  readonly instance: CimInstance;
  /** All of which have to let a subscriber receive it: the sink's and its own; none for everyone. */
  readonly descriptors: readonly PreparedDescriptor[];
  /** In bytes, about. */
  readonly size: number;
}
