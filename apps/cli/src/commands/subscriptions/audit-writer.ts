import { type AuditReport, formatAudit, sarifLog } from '@wmisec/events';
import { type Io, write } from '../../io.ts';
import { packageVersion } from '../../package-version.ts';

export const AUDIT_FORMATS = ['text', 'json', 'sarif'] as const;

export type AuditFormat = (typeof AUDIT_FORMATS)[number];

/** Writes reports as they come; SARIF is one document, so it is written at the end. */
export interface AuditWriter {
  report(report: AuditReport): Promise<void>;
  end(): Promise<void>;
}

export function auditWriter(format: AuditFormat, { stdout }: Io): AuditWriter {
  const nothing = async () => {};
  if (format === 'text') return { report: (report) => write(stdout, formatAudit(report)), end: nothing };
  if (format === 'json')
    return { report: (report) => write(stdout, `${JSON.stringify(report)}\n`), end: nothing };
  const reports: AuditReport[] = [];
  return {
    report: async (report) => void reports.push(report),
    end: () =>
      write(stdout, `${JSON.stringify(sarifLog(reports, { version: packageVersion() }), null, 2)}\n`),
  };
}
