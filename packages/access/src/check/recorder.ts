import type { TermValue } from './condition/term-value.ts';
import type { Rule } from './dacl-rules.ts';

/** Which SIDs of a token a walk matches. */
export type WalkKind = 'token' | 'restricted';

/** Is told what happens in one walk over a DACL. */
export interface WalkRecorder {
  owner(mask: number): void;
  /** @param held what the token's SID is good for; `undefined` when the token does not have it. */
  unmatched(rule: Rule, held: number | undefined): void;
  conditionFailed(rule: Rule): void;
  /** @param bits those that this entry decided; the others were decided before. */
  applied(rule: Rule, bits: number): void;
  terms(rule: Rule): TermRecorder;
}

/** Is told the value of each term of a condition, inner ones first. */
export type TermRecorder = (term: TermValue) => void;

/** Is told how a verdict is reached. A check without a recorder does the same and pays nothing. */
export interface Recorder {
  walk(kind: WalkKind): WalkRecorder;
}
