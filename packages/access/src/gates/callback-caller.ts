import { AuthnLevel, authnLevelName, ComStatus } from '@wmisec/wbem';
import type { Sid } from '../sid/sid.ts';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface CallbackState {
  /** False lets everybody through, unidentified callers too. */
  readonly checks: boolean;
  /** The account of the computer that the sink was given to; null when it was given to none, and nobody may call. */
  readonly origin: Sid | null;
}

/**
 * What a stub asks of who calls the sink behind it: an identity that the call proves, and the one that the sink was
 * given to.
 * @see docs/rules.md 3.5, K8
 */
export function callbackCaller(
  { token, authnLevel }: Principal,
  _request: unknown,
  { checks, origin }: CallbackState,
): GateOutcome {
  if (!checks) return PASSED;
  if (!(authnLevel >= AuthnLevel.Connect))
    return refused(ComStatus.E_ACCESSDENIED, 'callback-caller', {
      missing: [authnLevelName(AuthnLevel.Connect)],
      fix: 'call back at a level that says who calls',
    });
  const user = typeof token.user === 'string' ? token.user : token.user.sid;
  if (origin !== null && user === origin) return PASSED;
  return refused(ComStatus.E_ACCESSDENIED, 'callback-caller', {
    missing: [origin === null ? 'an account that the sink was given to' : `the identity ${origin}`],
  });
}
