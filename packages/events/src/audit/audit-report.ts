import type { Finding } from './finding.ts';

/** What an audit of one machine gives. */
export interface AuditReport {
  /** How the machine is called; null for this one. */
  readonly host: string | null;
  /** Namespaces that were looked at. */
  readonly namespaces: number;
  /** Subscriptions there, incomplete ones too. */
  readonly subscriptions: number;
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** The findings that count: neither accepted nor mere information. */
export function openFindings({ findings }: AuditReport): Finding[] {
  return findings.filter(({ severity, accepted }) => accepted === null && severity !== 'info');
}
