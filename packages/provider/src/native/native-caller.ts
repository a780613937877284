import type { Sid, Token } from '@wmisec/access';
import { readToken } from '@wmisec/access/native';
import type { Native } from '@wmisec/com-core';
import { CallContext, type CapturedCaller } from '@wmisec/privileges';
import { type AuthnLevel, type Caller, ImpLevel } from '@wmisec/wbem';

const NETWORK: Sid = 'S-1-5-2';

/** The caller of a call that WMI makes, kept while the call is worked on. */
export interface NativeCaller extends Caller, Disposable {
  /** Whether the code that runs now acts as the caller. */
  readonly acting: boolean;
}

/**
 * The caller of the call that this thread is serving. With a folded identity the call is WMI's own: of the client
 * nothing is known, and nobody can act as it.
 * @throws WbemError `RPC_E_CALL_COMPLETE` and what else COM answers for a caller that cannot be told.
 * @see docs/rules.md 9.11
 */
export function captureCaller(native: Native, foldsIdentity: boolean): NativeCaller {
  using call = CallContext.current(native);
  if (!foldsIdentity) return unfoldedCaller(native, call.capture());
  return {
    sid: call.sid(),
    remote: false,
    authnLevel: call.facts.authnLevel as AuthnLevel,
    impLevel: ImpLevel.Anonymous,
    token: null,
    acting: false,
    [Symbol.dispose]() {},
  };
}

function unfoldedCaller(native: Native, captured: CapturedCaller): NativeCaller {
  const token = readToken(native, captured.token);
  let depth = 0;
  return {
    sid: captured.sid,
    remote: hasGroup(token, NETWORK),
    authnLevel: captured.facts.authnLevel as AuthnLevel,
    impLevel: captured.impLevel,
    token,
    get acting() {
      return depth > 0;
    },
    impersonate: <T>(body: () => T): T => {
      const acted = () => {
        depth++;
        try {
          return body();
        } finally {
          depth--;
        }
      };
      return captured.impersonate(acted as () => never);
    },
    [Symbol.dispose]: () => captured[Symbol.dispose](),
  };
}

function hasGroup({ groups = [] }: Token, wanted: Sid): boolean {
  return groups.some((group) => (typeof group === 'string' ? group : group.sid) === wanted);
}
