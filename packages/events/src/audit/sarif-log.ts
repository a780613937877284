import type { AuditReport } from './audit-report.ts';
import type { Finding, Severity } from './finding.ts';
import { RULES, type RuleId } from './rule-table.ts';

/** Where the schema is that the log keeps. */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const RULE_IDS = Object.keys(RULES) as RuleId[];

const TECHNIQUE = {
  id: 'T1546.003',
  name: 'Event Triggered Execution: Windows Management Instrumentation Event Subscription',
  helpUri: 'https://attack.mitre.org/techniques/T1546/003/',
};

/** SARIF knows three levels; the number is what code scanning sorts by. */
const LEVELS: Readonly<Record<Severity, { readonly level: string; readonly score: string }>> = {
  critical: { level: 'error', score: '9.5' },
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning', score: '5.5' },
  low: { level: 'note', score: '3.0' },
  info: { level: 'none', score: '0.0' },
};

/**
 * Audits as one SARIF log, a run for each machine. What is accepted is in it, suppressed.
 * @param version of the tool that made it.
 * @returns plain data for `JSON.stringify`.
 * @see OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"
 */
export function sarifLog(reports: readonly AuditReport[], { version }: { readonly version?: string } = {}) {
  return { $schema: SCHEMA, version: '2.1.0', runs: reports.map((report) => runOf(report, version)) };
}

function runOf({ host, findings }: AuditReport, version: string | undefined) {
  const driver = { name: 'wmisec', rules: RULE_IDS.map(ruleOf) };
  return {
    tool: { driver: version === undefined ? driver : { ...driver, version } },
    automationDetails: { id: `wmisec/subscriptions/${host ?? 'local'}` },
    taxonomies: [
      {
        name: 'MITRE ATT&CK',
        organization: 'MITRE',
        taxa: [{ id: TECHNIQUE.id, name: TECHNIQUE.name, helpUri: TECHNIQUE.helpUri }],
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => resultOf(finding, host)),
  };
}

function ruleOf(id: RuleId) {
  const { title, severity, why, fix } = RULES[id];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `To mend it: ${fix}.` },
    defaultConfiguration: { level: LEVELS[severity].level },
    relationships: [
      {
        target: { id: TECHNIQUE.id, index: 0, toolComponent: { name: 'MITRE ATT&CK', index: 0 } },
        kinds: ['relevant'],
      },
    ],
    properties: {
      tags: ['security', 'persistence', TECHNIQUE.id],
      'security-severity': LEVELS[severity].score,
    },
  };
}

function resultOf(finding: Finding, host: string | null) {
  const { rule, severity, namespace, subject, message, evidence, fix, fingerprint, accepted } = finding;
  const { level } = LEVELS[severity];
  const object = subject === null ? namespace : `${namespace}:${subject}`;
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    // A kind other than "fail" takes no level.
    kind: severity === 'info' ? 'informational' : 'fail',
    level,
    message: { text: withoutLinks(`${message}. To mend it: ${fix}.`) },
    locations: [
      {
        logicalLocations: [
          {
            name: subject ?? namespace,
            fullyQualifiedName: `\\\\${host ?? '.'}\\${object}`,
            kind: subject === null ? 'namespace' : 'object',
          },
        ],
      },
    ],
    partialFingerprints: { 'wmisec/v1': fingerprint },
    ...(accepted !== null && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: JUSTIFICATIONS[accepted] }],
    }),
    properties: { severity, evidence },
  };
}

/** Viewers make a link of `[text](target)`, which an intruder could have written. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

const JUSTIFICATIONS = { known: 'Windows brings it', baseline: 'it is in the baseline' } as const;
