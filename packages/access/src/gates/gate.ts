import type { Hresult, Refusal } from '@wmisec/wbem';
import type { Principal } from './principal.ts';

export interface Passed {
  readonly passed: true;
}

export interface Refused {
  readonly passed: false;
  /** What the caller gets. */
  readonly status: Hresult;
  readonly refusal: Refusal;
}

export type GateOutcome = Passed | Refused;

/**
 * One rule of access as a pure function: who calls, what is asked, and the state of what is protected.
 * @see docs/rules.md 0.3
 */
export type Gate<Request, State> = (principal: Principal, request: Request, state: State) => GateOutcome;

export const PASSED: Passed = Object.freeze({ passed: true });
