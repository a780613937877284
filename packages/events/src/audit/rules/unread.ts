import type { NamespaceRule } from './rule.ts';

/** What could not be read, so that nothing is known of it. */
export const unread: NamespaceRule = ({ namespace, unread }) =>
  unread.map(({ what, code }) => ({
    rule: 'unreadable',
    severity: what === 'descriptor' ? 'low' : 'medium',
    namespace,
    subject: null,
    message: `${what === 'namespace' ? namespace : `${what} of ${namespace}`} could not be read: ${code}`,
    evidence: { what, code },
    matter: [what, code],
  }));
