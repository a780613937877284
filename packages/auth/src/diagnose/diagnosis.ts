import type { NamespaceOperation, Token, WriteTarget } from '@wmisec/access';
import type { Refusal } from '@wmisec/wbem';
import type { ConnectOptions } from '../connection/connect.ts';

export interface DiagnoseRequest extends ConnectOptions {
  /** `root\cimv2` or `\\host\root\cimv2`. */
  readonly target: string;
  /** The operation that is wanted. */
  readonly need: NamespaceOperation;
  /** What a write is aimed at. Default `static`. */
  readonly writeTarget?: WriteTarget | undefined;
  /** Who asks, where that is known: only then can the deciding entry be named. */
  readonly token?: Token | undefined;
}

/** Something that was learnt, and where from. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Such as `__SystemSecurity.GetSD`. */
  readonly source: string;
}

/** What is known of one gate, in the order of docs/rules.md 0.3. */
export interface GateStep {
  readonly gate: string;
  readonly outcome: 'passed' | 'refused' | 'unknown';
  /** Why, or what to check where it cannot be told from here. */
  readonly detail: string;
}

/** Why an operation is refused, or that it is not. */
export interface Diagnosis {
  readonly verdict: 'allowed' | 'refused' | 'unknown';
  readonly steps: readonly GateStep[];
  readonly facts: readonly Fact[];
  /** The first gate that refused; null otherwise. */
  readonly refusal: Refusal | null;
}
