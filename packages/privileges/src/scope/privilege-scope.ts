import { WmisecError } from '@wmisec/wbem';
import type { RaisedToken } from './raised-token.ts';

/** How many turns of the microtask queue an outer scope waits for the inner ones to be taken back. */
const TURNS = 64;

/**
 * Privileges that are enabled until disposal. A scope is synchronous: one that is still open at the next
 * microtask is taken back at once, and its disposal throws. Scopes end in reverse order.
 */
export class PrivilegeScope implements Disposable {
  readonly #raised: RaisedToken;
  #state: 'open' | 'closed' | 'crossed' = 'open';

  constructor(raised: RaisedToken) {
    this.#raised = raised;
    const guard = () => this.#closeLate(TURNS);
    queueMicrotask(guard);
    process.nextTick(guard);
  }

  get open(): boolean {
    return this.#state === 'open';
  }

  /**
   * Gives everything back. Does nothing the second time.
   * @throws WmisecError `SCOPE_CROSSES_AWAIT` when it was taken back before, `SCOPE_OUT_OF_ORDER` while the
   * thread has another token, an inner scope's for instance, `REVERT_FAILED`.
   */
  [Symbol.dispose](): void {
    if (this.#state === 'crossed') {
      this.#state = 'closed';
      throw new WmisecError('SCOPE_CROSSES_AWAIT', MESSAGE);
    }
    if (this.#state === 'closed') return;
    if (!this.#raised.inForce()) throw new WmisecError('SCOPE_OUT_OF_ORDER', OUT_OF_ORDER);
    this.#state = 'closed';
    this.#raised.lower();
  }

  #closeLate(turns: number): void {
    if (this.#state !== 'open') return;
    const inForce = this.#raised.inForce();
    if (!inForce && turns > 0) {
      queueMicrotask(() => this.#closeLate(turns - 1));
      return;
    }
    this.#state = 'crossed';
    if (inForce) this.#raised.lower();
    else this.#raised.abandon();
    process.emitWarning(MESSAGE, { code: 'SCOPE_CROSSES_AWAIT' });
  }
}

const MESSAGE =
  'a privilege scope was still open when its function had ended or awaited; its privileges were taken back at once';

const OUT_OF_ORDER =
  'the thread has another token than that of this scope: scopes end in reverse order, and nothing else may revert within one';
