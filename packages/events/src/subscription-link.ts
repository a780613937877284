import { setTimeout as delay } from 'node:timers/promises';
import type { EnumWbemClassObject } from '@wmisec/wbem';
import { isLostConnection } from './lost-connection.ts';
import type { WatchLimits } from './watch-options.ts';
import type { WatchedConnection } from './watched-connection.ts';

type Backoff = NonNullable<WatchLimits['resubscribe']>;

/** A subscription and, when it was made anew, the connection that is its own. */
export class SubscriptionLink implements AsyncDisposable {
  readonly events: EnumWbemClassObject;
  readonly #owned: AsyncDisposable | null;

  private constructor(events: EnumWbemClassObject, owned: AsyncDisposable | null) {
    this.events = events;
    this.#owned = owned;
  }

  /** Over a connection that stays its owner's. */
  static async over(
    { services }: WatchedConnection,
    wql: string,
    signal: AbortSignal,
  ): Promise<SubscriptionLink> {
    return new SubscriptionLink(await services.execNotificationQuery(wql, { signal }), null);
  }

  /**
   * Connects and subscribes anew, again and again, each time after twice the wait.
   * @throws what is no loss of the connection, such as `WBEM_E_ACCESS_DENIED`; the last loss after all attempts.
   */
  static async again(
    connection: WatchedConnection,
    wql: string,
    backoff: Backoff,
    signal: AbortSignal,
  ): Promise<SubscriptionLink> {
    for (let attempt = 1; ; attempt++) {
      await delay(waitBefore(attempt, backoff), undefined, { signal });
      try {
        return await SubscriptionLink.#anew(connection, wql, signal);
      } catch (error) {
        if (!isLostConnection(error) || attempt >= backoff.attempts) throw error;
      }
    }
  }

  static async #anew(
    connection: WatchedConnection,
    wql: string,
    signal: AbortSignal,
  ): Promise<SubscriptionLink> {
    const fresh = await unlessAborted(connection.reconnect(), signal);
    try {
      return new SubscriptionLink(await fresh.services.execNotificationQuery(wql, { signal }), fresh);
    } catch (error) {
      await fresh[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Ends the subscription. A server that is gone cannot be told, which is no error. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of [this.events, this.#owned]) {
      try {
        await each?.[Symbol.asyncDispose]();
      } catch {
        // There is nothing left that could be released.
      }
    }
  }
}

/** Connecting can take minutes: whoever ends the watch does not wait for it, and nobody keeps what comes too late. */
async function unlessAborted<T extends AsyncDisposable>(
  opening: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      opening.then((late) => late[Symbol.asyncDispose]()).then(undefined, () => {});
      reject(signal.reason);
    };
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([opening, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Many clients of one server do not come back in the same moment. */
function waitBefore(attempt: number, { firstDelayMs, maxDelayMs }: Backoff): number {
  const longest = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return longest * (0.5 + Math.random() / 2);
}
