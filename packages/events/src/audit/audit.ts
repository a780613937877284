import type { Sid } from '@wmisec/access';
import { type CallOptions, WmisecError } from '@wmisec/wbem';
import type { SubscriptionConnection } from '../subscriptions/subscription-connection.ts';
import { accountNames, type ResolveAccount, win32SidResolver } from './account-names.ts';
import { isAdministratorSid } from './administrators.ts';
import type { AuditReport } from './audit-report.ts';
import type { Baseline } from './baseline.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { type Judgement, judge } from './judge.ts';
import { readInventory } from './read-inventory.ts';
import { RULES } from './rule-table.ts';

export interface AuditOptions extends CallOptions {
  /** How the report calls the machine. Default null. */
  readonly host?: string | null | undefined;
  /** Accounts that may write subscriptions, beside those that Windows makes administrators. */
  readonly administrators?: readonly Sid[] | undefined;
  /** What is known and accepted. */
  readonly baseline?: Baseline | undefined;
  /** Names accounts. Default: asks `Win32_SID` of the same machine. */
  readonly resolveAccount?: ResolveAccount | undefined;
  /** Namespaces after which the audit gives up. Default 10,000. */
  readonly maxNamespaces?: number | undefined;
}

/**
 * Looks for permanent subscriptions, and for ways to write some, in every namespace: MITRE ATT&CK T1546.003. Nothing
 * is written.
 *
 *     await using connection = await connect('root', { transport });
 *     const { findings } = await audit(connection);
 *
 * @param connection to `root`; to another namespace audits that one and what is below.
 * @throws WbemError when the connection is lost, cancelled or times out; what a namespace refuses is a finding.
 * @throws WmisecError `INVALID_ARGUMENT` for more namespaces than `maxNamespaces`.
 * @see docs/rules.md 5.7, 9.15
 */
export async function audit(
  { services }: SubscriptionConnection,
  options: AuditOptions = {},
): Promise<AuditReport> {
  const { host = null, administrators = [], baseline, maxNamespaces = 10_000, signal, timeoutMs } = options;
  if (!Number.isSafeInteger(maxNamespaces) || maxNamespaces < 1)
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `maxNamespaces: expected a whole number from 1, got ${maxNamespaces}`,
    );
  const call = { signal, timeoutMs };
  const inventory = await readInventory(services, { ...call, maxNamespaces });
  const names = await accountNames(inventory, options.resolveAccount ?? win32SidResolver(services, call));
  const judgements = judge(inventory, {
    isAdministrator: (sid) => isAdministratorSid(sid) || administrators.includes(sid),
    accountName: (sid) => names.get(sid),
  });
  const accepted = new Set(baseline?.accepted.map((entry) => entry.fingerprint));
  return {
    host,
    namespaces: inventory.namespaces.length,
    subscriptions: inventory.subscriptions.length,
    findings: worstFirst(judgements.map((judgement) => findingOf(judgement, accepted))),
  };
}

function findingOf({ draft, known }: Judgement, baseline: ReadonlySet<string>): Finding {
  const { matter, ...rest } = draft;
  const { severity, fix } = { ...RULES[draft.rule], ...draft };
  const hash = fingerprint(draft);
  const accepted = known ? 'known' : baseline.has(hash) ? 'baseline' : null;
  return { ...rest, severity, fix, fingerprint: hash, accepted };
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  const text = ({ namespace, subject, rule }: Finding) => `${namespace}:${subject ?? ''}:${rule}`;
  return [...findings].sort((a, b) => rank(a) - rank(b) || text(a).localeCompare(text(b), 'en'));
}
