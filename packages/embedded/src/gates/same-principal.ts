import { type GateOutcome, PASSED, type Principal, refused } from '@wmisec/access';
import { WbemStatus } from '@wmisec/wbem';
import { tokenUser } from '../server/token-user.ts';

export interface RowsRequest {
  /** Who made the enumerator. */
  readonly owner: Principal;
}

/** An enumerator serves only the principal that made it. @see docs/rules.md 14 */
export function samePrincipal(principal: Principal, { owner }: RowsRequest): GateOutcome {
  if (tokenUser(principal.token) === tokenUser(owner.token)) return PASSED;
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'same-principal', {
    missing: [`the identity of ${owner.name}`],
    fix: `run the query again as ${principal.name}`,
  });
}
