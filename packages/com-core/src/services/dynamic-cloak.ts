import { type Blanket, type BlanketRequest, Capabilities } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';

/**
 * Dynamic cloaking shows the server, at each call, whoever the thread is that asks for it.
 * @see docs/rules.md 6.2
 */
export class DynamicCloak {
  readonly #com: Com;
  #worn = false;

  constructor(com: Com) {
    this.#com = com;
  }

  /** Takes note of a blanket that was set or read back. */
  note({ capabilities = Capabilities.Default }: BlanketRequest | Blanket): void {
    this.#worn = (capabilities & Capabilities.DynamicCloaking) !== 0;
  }

  /** True while each call may show somebody else, so that nothing is fetched for a later one. */
  get worn(): boolean {
    return this.#worn;
  }

  /** Runs an operation with the token that this thread has now, when the blanket asks for that. */
  wear<T>(operation: () => Promise<T>): Promise<T> {
    return this.#worn ? this.#com.tokens.wear(this.#com.native, operation) : operation();
  }
}
