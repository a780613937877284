import type { PreparedToken } from './prepare-token.ts';

/**
 * All that a descriptor says about a token. It does not depend on what is asked: because the first entry to
 * name a bit decides it, one walk answers every question.
 */
export interface Verdict {
  /** What no mandatory rule takes away. */
  readonly permitted: number;
  /** Rights that a privilege gives when they are asked for by name. */
  readonly privileged: number;
  /** What the DACL and the owner's rights allow, for each node. */
  readonly allowed: readonly number[];
}

/**
 * The verdicts of one descriptor. The latest token is kept at hand, the others weakly: tokens that are gone
 * take theirs with them.
 */
export class VerdictCache {
  #token: PreparedToken | undefined;
  #verdict: Verdict | undefined;
  #others: WeakMap<PreparedToken, Verdict> | undefined;

  get(token: PreparedToken): Verdict | undefined {
    return token === this.#token ? this.#verdict : this.#others?.get(token);
  }

  set(token: PreparedToken, verdict: Verdict): void {
    if (this.#token !== undefined && this.#verdict !== undefined) {
      this.#others ??= new WeakMap();
      this.#others.set(this.#token, this.#verdict);
    }
    this.#token = token;
    this.#verdict = verdict;
  }
}
