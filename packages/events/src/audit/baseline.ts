import { WmisecError } from '@wmisec/wbem';
import type { AuditReport } from './audit-report.ts';

/** Findings that somebody vouches for, in a file that people read and edit. */
export interface Baseline {
  readonly version: 1;
  readonly accepted: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly fingerprint: string;
  /** For the reader: which rule, of what, and why it is fine. */
  readonly rule?: string;
  readonly subject?: string;
  readonly note?: string;
}

/**
 * Reads a baseline as `baselineOf` makes it.
 * @throws WmisecError `INVALID_BASELINE`.
 */
export function parseBaseline(text: string): Baseline {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null) throw invalid('an object');
  const { version, accepted } = json as Partial<Baseline>;
  if (version !== 1) throw invalid('version 1');
  if (!Array.isArray(accepted)) throw invalid('a list of what is accepted');
  const broken = accepted.findIndex((entry) => !/^[0-9a-f]{32}$/.test(String(entry?.fingerprint)));
  if (broken >= 0) throw invalid(`a fingerprint of 32 hexadecimal digits in accepted[${broken}]`);
  return { version, accepted };
}

/** Accepts all that counts in audits now. */
export function baselineOf(reports: readonly AuditReport[]): Baseline {
  const accepted = new Map(
    reports.flatMap(({ findings }) =>
      findings
        .filter((finding) => finding.accepted !== 'known' && finding.severity !== 'info')
        .map(({ fingerprint, rule, namespace, subject }) => [
          fingerprint,
          { fingerprint, rule, subject: subject === null ? namespace : `${namespace}:${subject}` },
        ]),
    ),
  );
  return { version: 1, accepted: [...accepted.values()] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('JSON', cause);
  }
}

function invalid(expected: string, cause?: unknown): WmisecError {
  return new WmisecError('INVALID_BASELINE', `expected ${expected} in the baseline, got something else`, {
    cause,
  });
}
