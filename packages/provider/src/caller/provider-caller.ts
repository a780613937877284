import type { Explanation, Passed, Refused, TokenPrivilege } from '@wmisec/access';
import type { AuthnLevel, ImpLevel } from '@wmisec/wbem';
import type { Demand } from './demand.ts';

/** What a check found, with its reasons. */
export type CallerCheck = (Passed | Refused) & {
  /** Of a descriptor; null where none was asked, and where nobody knows the caller. */
  readonly explanation: Explanation | null;
};

/** Who calls a handler, and what may be asked of them. */
export interface ProviderCaller {
  /** The caller's SID; where the host propagates no token, the host's. */
  readonly sid: string;
  /** For people. */
  readonly name: string;
  readonly remote: boolean;
  readonly authnLevel: AuthnLevel;
  readonly impLevel: ImpLevel;
  /** Whether the host propagates the caller's token. Without one a demand is met only where Everyone meets it. */
  readonly isKnown: boolean;
  /** Those that the token holds; empty without a token. */
  readonly privileges: readonly TokenPrivilege[];
  /**
   * Goes on only for a caller who meets the demand.
   * @throws WbemError `WBEM_E_ACCESS_DENIED`, `WBEM_E_PRIVILEGE_NOT_HELD`, with the `refusal`.
   * @throws WmisecError `INVALID_ARGUMENT` for a right that is none.
   */
  require(demand: Demand): void;
  /** Whether the caller meets the demand, and why: for people and for tests. `require` and `admits` are faster. */
  check(demand: Demand): CallerCheck;
  /**
   * Runs `body` as the caller: the calls it makes and the connections it opens carry the caller's identity. Hosts
   * whose impersonation belongs to a thread take no body that returns a promise.
   * @throws WbemError `WBEM_E_ACCESS_DENIED` for a caller who came below `ImpLevel.Impersonate`, `RPC_E_CALL_COMPLETE`
   *   when the call is over.
   * @throws WmisecError `NO_CALLER_TOKEN` where the host propagates none, `NOT_IMPERSONATING` for a definition that
   *   does not say `impersonates`, `SCOPE_CROSSES_AWAIT`.
   * @see docs/rules.md 4.3, 4.5, 9.11
   */
  impersonate<T>(body: () => T): T;
}
