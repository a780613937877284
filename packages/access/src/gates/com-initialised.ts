import { ComStatus } from '@wmisec/wbem';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface ComState {
  /** Whether the calling thread is in an apartment. */
  readonly comInitialised: boolean;
}

/** Gate 1: COM is initialised on this thread. @see docs/rules.md 0.3 */
export function comInitialised(_principal: Principal, _request: unknown, state: ComState): GateOutcome {
  if (state.comInitialised) return PASSED;
  return refused(ComStatus.CO_E_NOTINITIALIZED, 'com-initialised', {
    missing: ['an apartment on the calling thread'],
    fix: 'call CoInitializeEx on the thread first',
  });
}
