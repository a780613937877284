import { AuthnLevel, authnLevelName, WbemStatus } from '@wmisec/wbem';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

export interface EncryptionState {
  readonly requiresEncryption: boolean;
}

/**
 * Gate 7: a namespace may demand that calls arrive encrypted. What counts is the level at which the call
 * arrives, not how the client chose it.
 * @see docs/rules.md 8.7, K27
 */
export function requiresEncryption(
  { authnLevel }: Principal,
  _request: unknown,
  state: EncryptionState,
): GateOutcome {
  if (!state.requiresEncryption || authnLevel >= AuthnLevel.PktPrivacy) return PASSED;
  const needed = authnLevelName(AuthnLevel.PktPrivacy);
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'requires-encryption', {
    missing: [needed],
    fix: `ask for ${needed} explicitly; the call arrived at ${authnLevelName(authnLevel)}`,
  });
}
