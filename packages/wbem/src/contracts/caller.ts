import type { AuthnLevel } from '../security/authn-level.ts';
import type { ImpLevel } from '../security/imp-level.ts';

/** A SID in its canonical text, such as `S-1-5-18`. */
export type SidText = `S-1-${string}`;

/** A SID of a token with its mask of `SE_GROUP_*`; bare it is enabled. */
export type CallerSid = SidText | { readonly sid: SidText; readonly attributes: number };

/**
 * A token as plain data, of which nobody can make a handle: the shape of `Token` in `@wmisec/access`, which reads it.
 * Claims are carried and not looked into.
 */
export interface CallerToken {
  readonly user: CallerSid;
  readonly groups?: readonly CallerSid[];
  /** By their SDK names; a bare one is enabled. */
  readonly privileges?: readonly (string | { readonly name: string; readonly enabled: boolean })[];
  readonly restricted?: readonly CallerSid[];
  readonly deviceGroups?: readonly CallerSid[];
  readonly userClaims?: Readonly<Record<string, unknown>>;
  readonly deviceClaims?: Readonly<Record<string, unknown>>;
  readonly localClaims?: Readonly<Record<string, unknown>>;
  /** The RID of the integrity level. */
  readonly integrity?: number;
}

/** Who asks: the facts of the call being served. */
export interface Caller {
  /** The caller's SID, `S-1-5-...`. */
  readonly sid: string;
  /** For people, such as `CORP\ann`. Absent where nobody knows it. */
  readonly name?: string;
  readonly remote: boolean;
  readonly authnLevel: AuthnLevel;
  readonly impLevel: ImpLevel;
  /** A copy, as the token was when the call arrived; null where the host propagates none (docs/rules.md 5.3, 9.11). */
  readonly token: CallerToken | null;
  /**
   * Runs `body` as the caller, and gives the thread back. A host whose impersonation belongs to a thread refuses a
   * body that returns a promise; one that follows it lets it be asynchronous. Nothing lets in whoever called below
   * `ImpLevel.Impersonate`. Absent where no token is propagated.
   * @throws WmisecError `SCOPE_CROSSES_AWAIT`.
   * @throws WbemError `RPC_E_CALL_COMPLETE` when the call is over.
   * @see docs/rules.md 4.3, 4.5
   */
  readonly impersonate?: <T>(body: () => T) => T;
}
