import type { Condition } from '../descriptor/condition.ts';
import type { Sid } from '../sid/sid.ts';
import type { PrivilegeName } from '../token/privilege-name.ts';
import type { PrivilegeState } from '../token/privilege-state.ts';
import type { AccessResult } from './access-result.ts';
import type { SkipReason } from './dacl-rules.ts';
import type { WalkKind } from './recorder.ts';

/** A part of a condition with what it came to; an `error` makes the whole condition unknown. */
export interface ExplainedTerm {
  readonly term: Condition;
  /** As SDDL; `null` for a term that SDDL cannot express. */
  readonly sddl: string | null;
  readonly value: 'true' | 'false' | 'unknown' | 'error';
}

/** Why an entry of the DACL had no effect. */
export type NoEffect = SkipReason | 'not-held' | 'deny-only' | 'disabled' | 'condition' | 'decided-before';

/** A right that a privilege gives. */
export interface PrivilegeStep {
  readonly kind: 'privilege';
  readonly privilege: PrivilegeName;
  readonly state: PrivilegeState;
  /** What it gives of the desired rights; 0 when it is not enabled. */
  readonly granted: number;
}

/** Desired rights that mandatory integrity, an access filter or a trust label takes away. */
export interface MandatoryStep {
  readonly kind: 'mandatory';
  readonly tokenLevel: number;
  readonly objectLevel: number;
  readonly taken: number;
}

/** A descriptor without a DACL, which lets everybody in. */
export interface NoDaclStep {
  readonly kind: 'no-dacl';
  readonly dacl: 'null' | 'absent';
}

/** The rights that the owner has without an entry. */
export interface OwnerStep {
  readonly kind: 'owner';
  readonly walk: WalkKind;
  readonly owner: Sid;
  readonly granted: number;
}

/** One entry of the DACL. */
export interface AceStep {
  readonly kind: 'ace';
  readonly walk: WalkKind;
  /** From 0. */
  readonly index: number;
  readonly sddl: string | null;
  readonly effect: 'granted' | 'denied' | 'none';
  readonly reason: NoEffect | null;
  /** The bits that this entry decided, whether or not they were desired. */
  readonly bits: number;
  /** Of a conditional entry that was for this token: its terms, inner ones first. */
  readonly terms: readonly ExplainedTerm[];
}

export type ExplanationStep = PrivilegeStep | MandatoryStep | NoDaclStep | OwnerStep | AceStep;

/** The smallest change found that turns the answer around, and that was tried. */
export interface Flip {
  readonly kind:
    | 'enable-privilege'
    | 'disable-privilege'
    | 'raise-integrity'
    | 'enable-group'
    | 'remove-ace'
    | 'add-ace'
    | 'set-dacl';
  /** For people: `grant 0x20 to S-1-5-11`. */
  readonly text: string;
}

/** The answer of a check with its reasons, in the order in which they count. */
export interface Explanation extends AccessResult {
  readonly desired: number;
  /** Desired rights that nothing gives; 0 when granted. */
  readonly missing: number;
  readonly steps: readonly ExplanationStep[];
  /** The entry that settled it: the first to deny a desired right, or the one that completed them. */
  readonly deciding: AceStep | null;
  readonly flip: Flip | null;
}
