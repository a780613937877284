import type { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';
import type { Password } from './password.ts';

/** A password, or whatever shows that the client knows it. */
export type LogonProof =
  | { readonly password: Password }
  | {
      /** Lends the NT hash, 16 bytes, to check an NTLM response with. Must not keep it. */
      readonly ntlm: (ntHash: Uint8Array) => boolean;
    };

export interface LogonFacts {
  /** `user`, `DOMAIN\user` or `user@domain`. */
  readonly user: string;
  /** null or `.` is this machine. Default: what `user` says. */
  readonly domain?: string | null | undefined;
  /** Whether the client is on another machine. */
  readonly remote: boolean;
  /** Whether an administrator on this machine comes as one; from afar docs/rules.md 8.6 decides. Default true. */
  readonly elevated?: boolean | undefined;
  /** Default `AuthnService.WinNT`. From afar that takes an account with NTLM. */
  readonly authnService?: AuthnService | undefined;
  /** Default `AuthnLevel.PktPrivacy`. */
  readonly authnLevel?: AuthnLevel | undefined;
  /** Default `ImpLevel.Impersonate`. */
  readonly impLevel?: ImpLevel | undefined;
}

export type LogonRequest = LogonFacts & LogonProof;

/** Why a logon was refused: for those who keep the service, never for the client. */
export type LogonRefusal = 'unknown-user' | 'wrong-password' | 'disabled' | 'locked-out' | 'no-ntlm';

/** The name of the `diagnostics_channel` that gets a `LogonRecord` for every logon. */
export const LOGON_CHANNEL = 'wmisec:logon';

/** What is kept of a logon, refused or not. */
export interface LogonRecord {
  readonly at: Date;
  /** As the client gave it, its first 256 characters. */
  readonly user: string;
  readonly remote: boolean;
  readonly authnService: AuthnService;
  /** null for a logon that was granted. */
  readonly refusal: LogonRefusal | null;
}
