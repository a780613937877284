import type { Sid } from '@wmisec/access';
import { nativeAccessCheck, type TokenHandle } from '@wmisec/access/native';
import type { Native } from '@wmisec/com-core';
import { authnLevelName } from '@wmisec/wbem';
import { CallContext } from '../call/call-context.ts';
import { userOf } from '../token/token-identity.ts';
import type { PreparedPolicy } from './caller-policy.ts';

export type CallerVerdict =
  | { readonly allowed: true; readonly sid: Sid }
  | { readonly allowed: false; readonly reason: string };

/** Own rights only: a caller rule's descriptor has no generic bits to map. */
const NO_MAPPING = { read: 0, write: 0, execute: 0, all: 0 };

/**
 * Decides about the call that this thread is serving. The thread acts as the caller only while its token is
 * opened. Whatever goes wrong, the call is refused.
 * @see docs/rules.md 4.2
 */
export function checkCaller(native: Native, policy: PreparedPolicy): CallerVerdict {
  try {
    using call = CallContext.current(native);
    const { authnLevel } = call.facts;
    if (authnLevel < policy.minimum)
      return refused(
        `${authnLevelName(policy.minimum)} is needed, the call has ${authnLevelName(authnLevel)}`,
      );
    using token = call.token();
    return judge(native, policy, token);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

function judge(native: Native, policy: PreparedPolicy, token: TokenHandle): CallerVerdict {
  const sid = userOf(native, token);
  switch (policy.kind) {
    case 'anyone':
      return { allowed: true, sid };
    case 'sid':
      return sid === policy.sid ? { allowed: true, sid } : refused(`${sid} is not ${policy.sid}`);
    case 'descriptor': {
      const { granted } = nativeAccessCheck(native, policy.descriptor, token, policy.desired, NO_MAPPING);
      return granted
        ? { allowed: true, sid }
        : refused(`the descriptor denies 0x${policy.desired.toString(16)} to ${sid}`);
    }
  }
}

function refused(reason: string): CallerVerdict {
  return { allowed: false, reason };
}
