import { isInterpreter, programName, splitCommandLine } from '../../subscriptions/command-line.ts';
import { templateFields } from '../../subscriptions/template-fields.ts';
import { about, excerpt, textOf } from '../subscription-evidence.ts';
import type { SubscriptionRule } from './rule.ts';
import { decodedCommand, suspiciousPatterns } from './suspicious-patterns.ts';
import { whatRuns } from './what-runs.ts';

/** Consumers that run something, bound or not. */
export const runsCode: SubscriptionRule = (subscription) => {
  const runs = whatRuns(subscription.consumer);
  if (runs === null) return [];
  const program = runs.program || splitCommandLine(runs.text).program;
  const what =
    runs.kind === 'command' ? programName(program) || 'nothing' : `a script in ${program || 'no language'}`;
  const message = `${subscription.consumer!.path} runs ${what} as LocalSystem`;
  return [about(subscription, `runs-${runs.kind}`, message, { [runs.kind]: excerpt(runs.text) })];
};

/** What attackers run. */
export const runsSuspiciousCode: SubscriptionRule = (subscription) => {
  const runs = whatRuns(subscription.consumer);
  if (runs === null) return [];
  const text = runs.kind === 'command' ? `${runs.program} ${runs.text}` : runs.text;
  const decoded = decodedCommand(text);
  const signs = suspiciousPatterns(decoded === null ? text : `${text}\n${decoded}`);
  if (signs.length === 0) return [];
  const message = `${subscription.consumer!.path} runs what attackers run: ${signs.join(', ')}`;
  const evidence = {
    [runs.kind]: excerpt(runs.text),
    ...(decoded !== null && { decoded: excerpt(decoded) }),
  };
  return [about(subscription, 'suspicious-command', message, evidence)];
};

/** Templates that let event data choose what runs. */
export const runsEventData: SubscriptionRule = (subscription) => {
  const { consumer } = subscription;
  if (consumer?.kind !== 'commandLine') return [];
  const executable = textOf(consumer, 'ExecutablePath');
  const template = textOf(consumer, 'CommandLineTemplate');
  const { program, rest } = splitCommandLine(template);
  const evidence = { command: excerpt(template || executable) };
  const choosing = [...templateFields(executable), ...(executable === '' ? templateFields(program) : [])];
  if (choosing.length > 0) {
    const message = `${consumer.path} starts the program that the event's ${choosing.join(' and ')} names`;
    return [about(subscription, 'event-chooses-program', message, evidence)];
  }
  const given = templateFields(executable === '' ? rest : template);
  if (given.length === 0 || !isInterpreter(executable || program)) return [];
  const message = `${consumer.path} has ${programName(executable || program)} run the event's ${given.join(' and ')}`;
  return [about(subscription, 'event-data-in-shell', message, evidence)];
};
