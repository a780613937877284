import type { Severity } from './finding.ts';

interface Rule {
  /** A few words. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, in a sentence. */
  readonly why: string;
  /** What mends it, where a finding does not say so itself. */
  readonly fix: string;
}

const REMOVE = 'remove the subscription if nobody vouches for it; accept it in the baseline otherwise';

/** Every rule of the audit; ids never change. */
export const RULES = {
  'runs-command': {
    title: 'Runs a command',
    severity: 'high',
    why: 'An event starts a program as LocalSystem, also when nobody is logged on.',
    fix: REMOVE,
  },
  'runs-script': {
    title: 'Runs a script',
    severity: 'high',
    why: 'An event runs a script as LocalSystem, also when nobody is logged on.',
    fix: REMOVE,
  },
  'suspicious-command': {
    title: 'Runs what attackers run',
    severity: 'critical',
    why: 'What is run hides itself, is encoded, fetches something or lies where users can write.',
    fix: 'treat the machine as compromised: keep the evidence, then remove the subscription',
  },
  'event-chooses-program': {
    title: 'Event data chooses the program',
    severity: 'critical',
    why: 'Whoever can raise the event says what LocalSystem starts.',
    fix: 'set ExecutablePath, and begin the command line with it',
  },
  'event-data-in-shell': {
    title: 'Event data is run by a shell',
    severity: 'high',
    why: 'A shell or interpreter runs what its arguments say, and event data is among them.',
    fix: 'start a program that takes the data as data',
  },
  'sensitive-log-file': {
    title: 'Writes where files are run',
    severity: 'high',
    why: 'Lines that event data shapes end in a file that something runs or serves.',
    fix: 'write to a folder for logs alone',
  },
  'sends-mail': {
    title: 'Sends mail',
    severity: 'low',
    why: 'Event data leaves the machine.',
    fix: 'make sure that server and addresses are known',
  },
  'raw-header-fields': {
    title: 'Mail headers that could add others',
    severity: 'medium',
    why: 'Header fields are put in as they are; a line break or event data in them adds recipients.',
    fix: 'keep each field to one line without event data',
  },
  'event-chooses-recipient': {
    title: 'Event data chooses who gets mail',
    severity: 'medium',
    why: 'Whoever can raise the event says where its data goes.',
    fix: 'write the addresses out',
  },
  'unknown-consumer-class': {
    title: 'A consumer of an unknown class',
    severity: 'medium',
    why: 'Its provider does with the event what nobody here knows.',
    fix: 'find out which program brought the class',
  },
  'consumer-provider': {
    title: 'An unknown provider of consumers',
    severity: 'medium',
    why: 'It is loaded by the service and called for every event of its consumers.',
    fix: 'find out which program registered it',
  },
  'creator-not-administrator': {
    title: 'Created by somebody else than an administrator',
    severity: 'high',
    why: 'Writing subscriptions needs rights that administrators alone have by default.',
    fix: 'find out how that account came by the right to write; install the subscription as an administrator',
  },
  'creator-unresolvable': {
    title: 'A creator that is nobody',
    severity: 'high',
    why: 'The account was deleted, or never was on this machine.',
    fix: 'install the subscription as an administrator, or remove it',
  },
  'creators-differ': {
    title: 'Parts of different creators',
    severity: 'high',
    why: 'Nothing is delivered, and somebody touched a part of what another one installed.',
    fix: 'find out who, then install all parts as one',
  },
  'event-access-missing': {
    title: 'Everybody may raise the events',
    severity: 'low',
    why: 'Without EventAccess any provider can feed the consumer.',
    fix: 'set EventAccess to those who raise the events, such as O:BAG:BAD:(A;;LO;;;BA)',
  },
  'event-access-wide': {
    title: 'Nearly everybody may raise the events',
    severity: 'low',
    why: 'EventAccess lets groups publish that everybody is in.',
    fix: 'set EventAccess to those who raise the events, such as O:BAG:BAD:(A;;LO;;;BA)',
  },
  'event-access-unreadable': {
    title: 'EventAccess that is no descriptor',
    severity: 'medium',
    why: 'Nobody can say whom it lets publish.',
    fix: 'write it in SDDL, such as O:BAG:BAD:(A;;LO;;;BA)',
  },
  'persistence-trigger': {
    title: 'Fires when intruders want to come back',
    severity: 'medium',
    why: 'It runs after a start, at a logon, by the clock or as programs start, which is how footholds are kept.',
    fix: REMOVE,
  },
  'unusual-namespace': {
    title: 'A subscription outside of root\\subscription',
    severity: 'medium',
    why: 'Tools that look into the usual namespace do not see it.',
    fix: 'keep subscriptions in root\\subscription and say EventNamespace',
  },
  'cross-namespace-binding': {
    title: 'Parts in different namespaces',
    severity: 'medium',
    why: 'Who reads one namespace sees half of it.',
    fix: 'keep filter, consumer and binding in root\\subscription',
  },
  'event-namespace': {
    title: 'Events of another namespace',
    severity: 'info',
    why: 'That is how a subscription in root\\subscription hears of other namespaces.',
    fix: 'nothing, if the namespace is the one meant',
  },
  'look-alike': {
    title: 'Named like a subscription of Windows',
    severity: 'high',
    why: 'It has nearly or exactly the name of one that Windows brings, and is another one.',
    fix: 'treat it as hidden on purpose: keep the evidence, then remove it',
  },
  'acts-as-publisher': {
    title: 'Acts as whoever raised the event',
    severity: 'medium',
    why: 'MaintainSecurityContext gives the consumer the rights of any publisher.',
    fix: 'set MaintainSecurityContext to false unless the consumer is known to need it',
  },
  'unreadable-query': {
    title: 'A query that cannot be read',
    severity: 'low',
    why: 'The filter cannot be activated, or says something that this audit does not understand.',
    fix: 'mend or remove the filter',
  },
  'orphaned-filter': {
    title: 'A filter that nothing is bound to',
    severity: 'low',
    why: 'It waits for a consumer that can be bound at any time.',
    fix: 'remove it',
  },
  'orphaned-consumer': {
    title: 'A consumer that nothing is bound to',
    severity: 'low',
    why: 'It waits for a filter that can be bound at any time.',
    fix: 'remove it',
  },
  'broken-binding': {
    title: 'A binding to a missing part',
    severity: 'medium',
    why: 'Whoever writes the missing part makes it work.',
    fix: 'remove it',
  },
  'timer-instruction': {
    title: 'A timer of WMI',
    severity: 'low',
    why: 'It raises events by the clock for whoever subscribes to them.',
    fix: 'remove it if nobody vouches for it',
  },
  'subscription-writers': {
    title: 'Others than administrators can write subscriptions',
    severity: 'high',
    why: 'Whoever writes the namespace, or its descriptor, can install a subscription.',
    fix: 'take Full Write and Edit Security from them',
  },
  unreadable: {
    title: 'Not audited',
    severity: 'medium',
    why: 'What cannot be read can hide anything.',
    fix: 'audit as an administrator, elevated',
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;
