import { type PreparedToken, prepareToken } from '../check/prepare-token.ts';
import type { Token } from '../token/token.ts';

/** Prepared tokens live as long as what they were made from; nothing else can see them. */
const PREPARED = new WeakMap<Token, PreparedToken>();

/** A token ready for checks, prepared once: one that has called must not change afterwards. */
export function preparedToken(token: Token): PreparedToken {
  let prepared = PREPARED.get(token);
  if (prepared === undefined) {
    prepared = prepareToken(token);
    PREPARED.set(token, prepared);
  }
  return prepared;
}
