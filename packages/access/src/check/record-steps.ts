import { Membership } from '../token/group-membership.ts';
import { aceText, conditionText } from './ace-text.ts';
import { nodeOf, type Rule } from './dacl-rules.ts';
import type { AceStep, ExplainedTerm, ExplanationStep, NoEffect, OwnerStep } from './explanation.ts';
import { listOf, type PreparedDescriptor } from './prepare-descriptor.ts';
import type { Recorder, TermRecorder, WalkKind, WalkRecorder } from './recorder.ts';

/** Writes down what happens in the walks of a check, entry by entry. */
export class StepRecorder implements Recorder {
  readonly #descriptor: PreparedDescriptor;
  readonly #walks: WalkSteps[] = [];

  constructor(descriptor: PreparedDescriptor) {
    this.#descriptor = descriptor;
  }

  walk(kind: WalkKind): WalkRecorder {
    const walk = new WalkSteps(kind, this.#descriptor);
    this.#walks.push(walk);
    return walk;
  }

  steps(): ExplanationStep[] {
    return this.#walks.flatMap((walk) => walk.steps());
  }
}

class WalkSteps implements WalkRecorder {
  readonly #kind: WalkKind;
  readonly #descriptor: PreparedDescriptor;
  readonly #owner: OwnerStep[] = [];
  readonly #aces = new Map<number, AceStep>();
  readonly #terms = new Map<number, ExplainedTerm[]>();

  constructor(kind: WalkKind, descriptor: PreparedDescriptor) {
    this.#kind = kind;
    this.#descriptor = descriptor;
  }

  owner(granted: number): void {
    this.#owner.push({ kind: 'owner', walk: this.#kind, owner: this.#descriptor.owner, granted });
  }

  unmatched({ index }: Rule, held: number | undefined): void {
    this.#note(index, 'none', whyUnmatched(held));
  }

  conditionFailed({ index }: Rule): void {
    this.#note(index, 'none', 'condition');
  }

  applied({ index, allow }: Rule, bits: number): void {
    if (bits === 0) this.#note(index, 'none', 'decided-before');
    else this.#note(index, allow ? 'granted' : 'denied', null, bits >>> 0);
  }

  terms({ index }: Rule): TermRecorder {
    const terms: ExplainedTerm[] = [];
    this.#terms.set(index, terms);
    return ({ term, value }) => {
      terms.push({ term, sddl: conditionText(term), value: value === null ? 'unknown' : `${value}` });
    };
  }

  steps(): ExplanationStep[] {
    this.#noteSkipped();
    const inOrder = [...this.#aces.values()].sort((a, b) => a.index - b.index);
    return [...this.#owner, ...inOrder];
  }

  #noteSkipped(): void {
    const { source, tree, byType } = this.#descriptor;
    listOf(source.dacl).forEach((ace, index) => {
      const node = nodeOf(ace, tree, byType);
      if (typeof node === 'string') this.#note(index, 'none', node);
    });
  }

  #note(index: number, effect: AceStep['effect'], reason: NoEffect | null, bits = 0): void {
    const ace = listOf(this.#descriptor.source.dacl)[index]!;
    const terms = this.#terms.get(index) ?? [];
    const sddl = aceText(ace);
    this.#aces.set(index, { kind: 'ace', walk: this.#kind, index, sddl, effect, reason, bits, terms });
  }
}

function whyUnmatched(held: number | undefined): NoEffect {
  if (held === undefined) return 'not-held';
  return held === Membership.Deny ? 'deny-only' : 'disabled';
}
