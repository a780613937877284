import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';

/** What the rules know of a user: written down here, not asked of the code that is tested. */
export interface UserFacts {
  readonly name: string;
  /** Whether DCOM's launch limit lets the user activate from another machine (docs/rules.md 8.2). */
  readonly activatesFromAfar: boolean;
  /** What the namespaces of the matrix grant, bits of docs/rules.md 9.1. */
  readonly rights: number;
}

/** One combination of the matrix. */
export interface Situation {
  readonly user: UserFacts;
  readonly remote: boolean;
  readonly requiresEncryption: boolean;
  readonly authnService: AuthnService;
  readonly authnLevel: AuthnLevel;
  readonly impLevel: ImpLevel;
}

const ENABLE = 0x1;
const REMOTE_ACCESS = 0x20;

/** Of the process of every client in the matrix. */
export const PROCESS_LEVELS = { authnLevel: AuthnLevel.Pkt, impLevel: ImpLevel.Impersonate } as const;

/**
 * What docs/rules.md says of a client that connects, sets its blanket, queries and reads: the first step that
 * fails, with its status and its gate, or `rows`. The rules are applied by hand, in the order of 0.3.
 */
export function expectedOutcome(situation: Situation): string {
  return atLogin(situation) ?? atBlanket(situation) ?? atCall(situation) ?? 'rows';
}

/** 0.3 layers 3 and 8; 1.6: a login is not asked for its impersonation level. */
function atLogin({ user, remote }: Situation): string | null {
  if (remote && !user.activatesFromAfar) return 'open 0x80070005 dcom-access';
  const needed = remote ? ENABLE | REMOTE_ACCESS : ENABLE;
  return (user.rights & needed) === needed ? null : 'open 0x80041003 namespace-rights';
}

/** 6.1: level NONE goes with service NONE only; NTLM takes no ANONYMOUS, and DELEGATE on one machine only. */
function atBlanket({ authnService, authnLevel, impLevel, remote }: Situation): string | null {
  const refused = 'setBlanket 0x80070057';
  if (authnLevel === AuthnLevel.None) return refused;
  if (authnService !== AuthnService.WinNT) return null;
  if (impLevel === ImpLevel.Anonymous) return refused;
  return impLevel === ImpLevel.Delegate && remote ? refused : null;
}

/** 0.3 layers 3, 6 and 7. The host is a stock one: PKT from afar (2.4), PKT_PRIVACY on this machine (8.7). */
function atCall({ remote, requiresEncryption, authnLevel, impLevel }: Situation): string | null {
  const negotiated = remote ? 4 : 6;
  const arrivesAt = authnLevel === AuthnLevel.Default ? negotiated : authnLevel;
  const impersonation = impLevel === ImpLevel.Default ? PROCESS_LEVELS.impLevel : impLevel;
  if (arrivesAt < (remote ? 4 : 2)) return 'execQuery 0x80070005 dcom-access';
  if (impersonation < 3) return 'execQuery 0x80041003 impersonation-level';
  if (requiresEncryption && arrivesAt < 6) return 'execQuery 0x80041003 requires-encryption';
  return null;
}
