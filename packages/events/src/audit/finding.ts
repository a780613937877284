import type { RuleId } from './rule-table.ts';

/** The worst first. `info` alone leaves an audit clean. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a rule of the audit says about one object. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Such as `root\subscription`. */
  readonly namespace: string;
  /** The path of the object within its namespace; null for the namespace itself. */
  readonly subject: string | null;
  /** One sentence. */
  readonly message: string;
  /** What it was seen by, in words: the command, the query, the creator. */
  readonly evidence: Readonly<Record<string, string>>;
  /** What would mend it. */
  readonly fix: string;
  /**
   * The same for the same finding on any machine and in any order; another one as soon as the subscription, or what
   * else the rule looked at, changes.
   */
  readonly fingerprint: string;
  /** Why it does not count: Windows brings it, or a baseline knows it; null when it counts. */
  readonly accepted: 'known' | 'baseline' | null;
}

/** What a rule gives; the audit adds the rest. */
export interface Draft extends Pick<Finding, 'rule' | 'namespace' | 'subject' | 'message' | 'evidence'> {
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly fix?: string;
  /** What the fingerprint is made of, beside rule, namespace and subject. */
  readonly matter: unknown;
}
