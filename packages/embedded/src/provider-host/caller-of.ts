import type { Principal, Token } from '@wmisec/access';
import type { Caller, CallerToken } from '@wmisec/wbem';
import { tokenUser } from '../server/token-user.ts';
import type { Impersonation } from './impersonation.ts';

/** What a provider is told about who calls, and the way to act as them. */
export function callerOf(principal: Principal, impersonation: Impersonation): Caller {
  const { name, token, remote, authnLevel, impLevel } = principal;
  return {
    sid: tokenUser(token),
    name,
    remote,
    authnLevel,
    impLevel,
    token: copyOf(token),
    impersonate: (body) => impersonation.run(principal, body),
  };
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
