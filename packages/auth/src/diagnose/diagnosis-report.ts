import type { GateOutcome } from '@wmisec/access';
import type { Refusal } from '@wmisec/wbem';
import type { Diagnosis, Fact, GateStep } from './diagnosis.ts';

/** Collects what is learnt, gate by gate. */
export class DiagnosisReport {
  readonly #steps: GateStep[] = [];
  readonly #facts: Fact[] = [];
  #refusal: Refusal | null = null;

  get isRefused(): boolean {
    return this.#refusal !== null;
  }

  fact(name: string, value: string, source: string): void {
    this.#facts.push({ name, value, source });
  }

  passed(gate: string, detail: string): void {
    this.#steps.push({ gate, outcome: 'passed', detail });
  }

  unknown(gate: string, detail: string): void {
    this.#steps.push({ gate, outcome: 'unknown', detail });
  }

  gate(gate: string, outcome: GateOutcome): void {
    if (outcome.passed) this.passed(gate, 'passed');
    else this.refusedBy(outcome.refusal);
  }

  refusedBy(refusal: Refusal): void {
    const detail = `missing ${refusal.missing.join(', ') || 'unknown'}`;
    this.#steps.push({ gate: refusal.gate, outcome: 'refused', detail });
    this.#refusal ??= refusal;
  }

  diagnosis(): Diagnosis {
    const certain = this.#steps.every(({ outcome }) => outcome === 'passed');
    const verdict = this.#refusal !== null ? 'refused' : certain ? 'allowed' : 'unknown';
    return { verdict, steps: this.#steps, facts: this.#facts, refusal: this.#refusal };
  }
}
