import type { Principal, Token } from '@wmisec/access';
import { type Caller, type CallerToken, ComStatus, WbemError } from '@wmisec/wbem';
import { tokenUser } from '../server/token-user.ts';
import type { Impersonation } from './impersonation.ts';

/** The call that a provider serves, which lends it the caller's identity for as long as it lasts. */
export interface CallerLoan {
  over: boolean;
}

/** What a provider is told about who calls, and the way to act as them until the call is over. */
export function callerOf(principal: Principal, impersonation: Impersonation, loan: CallerLoan): Caller {
  const { name, token, remote, authnLevel, impLevel } = principal;
  return {
    sid: tokenUser(token),
    name,
    remote,
    authnLevel,
    impLevel,
    token: copyOf(token),
    impersonate: (body) => {
      if (loan.over) throw callIsOver();
      return impersonation.run(principal, body);
    },
  };
}

/** @see docs/rules.md 4.3 */
function callIsOver(): WbemError {
  return new WbemError(
    ComStatus.RPC_E_CALL_COMPLETE,
    'impersonate: expected a call that is being served, got one that is over',
  );
}

/** One copy for all calls with a token, so that what a provider works out about it can be kept. */
const COPIES = new WeakMap<Token, CallerToken>();

function copyOf(token: Token): CallerToken {
  let copy = COPIES.get(token);
  if (copy === undefined) {
    copy = frozen(structuredClone(token));
    COPIES.set(token, copy);
  }
  return copy;
}

/** A provider cannot change what the next one is told. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
