import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from '@wmisec/access';

/**
 * Whom the code that runs now impersonates. It follows what a body awaits, as a thread's identity would if the body
 * kept its thread.
 * @see docs/rules.md 4.5
 */
export class Impersonation {
  readonly #acting = new AsyncLocalStorage<Principal | null>();

  /** null for nobody: the code acts as itself. */
  get current(): Principal | null {
    return this.#acting.getStore() ?? null;
  }

  run<T>(principal: Principal, body: () => T): T {
    return this.#acting.run(principal, body);
  }

  /** Runs code that was called by somebody who may impersonate: that is theirs, and stays with them. */
  runAsItself<T>(body: () => T): T {
    return this.#acting.run(null, body);
  }
}
