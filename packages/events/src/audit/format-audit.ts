import { type AuditReport, openFindings } from './audit-report.ts';
import type { Finding } from './finding.ts';
import { RULES } from './rule-table.ts';

/** An audit for people: what counts, the worst first, then how much was accepted. */
export function formatAudit(report: AuditReport): string {
  const open = openFindings(report);
  const accepted = report.findings.filter(({ accepted }) => accepted !== null).length;
  const head = `${visible(report.host ?? 'this machine')}: ${count(report.subscriptions, 'subscription')} in ${count(report.namespaces, 'namespace')}, `;
  const summary = open.length === 0 ? 'nothing found' : count(open.length, 'finding');
  const known = accepted === 0 ? '' : `, ${accepted} accepted`;
  return [`${head}${summary}${known}`, ...open.map(formatFinding)].map((block) => `${block}\n`).join('\n');
}

function formatFinding(finding: Finding): string {
  const { severity, rule, namespace, subject, message, evidence, fix } = finding;
  const lines = [
    `${severity.toUpperCase()} ${RULES[rule].title} (${rule})`,
    `  ${visible(message)}`,
    `  at ${visible(subject === null ? namespace : `${namespace}:${subject}`)}`,
    ...Object.entries(evidence).map(([name, value]) => `  ${visible(name)}: ${visible(value)}`),
    `  fix: ${fix}`,
    `  fingerprint: ${finding.fingerprint}`,
  ];
  return lines.join('\n');
}

/** What an intruder wrote must not move the cursor of whoever reads it. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
