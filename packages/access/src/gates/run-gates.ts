import { WbemError } from '@wmisec/wbem';
import { type Gate, type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';

/**
 * Runs gates in the order given; the first refusal wins and the later gates are not asked.
 * @see docs/rules.md 0.3
 */
export function runGates<Request, State>(
  gates: readonly Gate<Request, State>[],
  principal: Principal,
  request: Request,
  state: State,
): GateOutcome {
  for (const gate of gates) {
    const outcome = gate(principal, request, state);
    if (!outcome.passed) return outcome;
  }
  return PASSED;
}

/**
 * Turns a refusal into the error that the caller gets.
 * @throws WbemError with the refusal's status and the `refusal` itself; nothing when passed.
 */
export function requirePassed(outcome: GateOutcome, operation?: string): void {
  if (outcome.passed) return;
  const { status, refusal } = outcome;
  const { gate, missing, fix } = refusal;
  const lacks = missing.length === 0 ? '' : `, missing ${missing.join(', ')}`;
  const remedy = fix === null ? '' : `; to fix: ${fix}`;
  throw new WbemError(status, `refused by ${gate}${lacks}${remedy}`, { operation, refusal });
}
