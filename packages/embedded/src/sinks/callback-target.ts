import type { Principal, Sid } from '@wmisec/access';
import type { CimObject, SinkStatus } from '@wmisec/wbem';

/**
 * Where callbacks arrive: a sink as those see it who call it. Each call says who makes it, and at which level; whoever
 * brings calls in from outside, such as a network server, says what the connection has proven.
 */
export interface CallbackTarget {
  /** Whether it lets nobody through but the account that it was given to. */
  readonly checked: boolean;
  /**
   * @throws WbemError `E_ACCESSDENIED` for a caller who is not let through, `E_FAIL` for a sink that failed,
   *   `RPC_E_DISCONNECTED` for one that is released.
   */
  indicate(caller: Principal, objects: readonly CimObject[]): Promise<void>;
  /** @throws what `indicate` throws. */
  setStatus(caller: Principal, status: SinkStatus): Promise<void>;
  /**
   * Keeps it for a call that was begun.
   * @param account who is going to call it back.
   * @returns what lets it go again.
   * @throws WbemError `E_ACCESSDENIED` when it was given to another account before.
   */
  hold(account: Sid): () => void;
}
