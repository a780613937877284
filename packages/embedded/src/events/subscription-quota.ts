import { WbemError, WbemStatus } from '@wmisec/wbem';

/**
 * Subscriptions of one kind that one user, and all of them, may hold.
 * @see Microsoft, "Receiving a WMI Event"
 */
const MAX_PER_USER = 1_000;
const MAX_TOTAL = 10_000;

/** Counts the subscriptions of one kind. */
export class SubscriptionQuota {
  readonly #perUser = new Map<string, number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @throws WbemError `WBEM_E_QUOTA_VIOLATION` when there are too many. */
  take(user: string, kind: string): void {
    const held = this.#perUser.get(user) ?? 0;
    if (held >= MAX_PER_USER) throw tooMany(`one user holds ${MAX_PER_USER} ${kind}`);
    if (this.#size >= MAX_TOTAL) throw tooMany(`the service holds ${MAX_TOTAL} ${kind}`);
    this.#perUser.set(user, held + 1);
    this.#size++;
  }

  giveBack(user: string): void {
    this.#size--;
    const left = this.#perUser.get(user)! - 1;
    if (left === 0) this.#perUser.delete(user);
    else this.#perUser.set(user, left);
  }
}

function tooMany(whose: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_QUOTA_VIOLATION, `${whose} subscriptions at most`);
}
