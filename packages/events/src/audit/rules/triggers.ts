import { type Condition, ParseError, parseWql, type SelectQuery } from '@wmisec/wbem';
import { about, plainProperties } from '../subscription-evidence.ts';
import type { NamespaceRule, SubscriptionRule } from './rule.ts';
import { whatRuns } from './what-runs.ts';

/** What a class in an event query stands for. */
const TRIGGERS: readonly (readonly [when: string, pattern: RegExp])[] = [
  ['some time after the start', /^win32_perf(?:formatted|raw)data_perfos_system$/],
  ['at a logon', /^win32_(?:logonsession|loggedonuser|loggedinuser|sessionprocess|networkloginprofile)$/],
  [
    'by the clock',
    /^(?:win32_(?:local|utc|current)time|__timerevent|__(?:interval|absolute)timerinstruction)$/,
  ],
  ['when programs start or end', /^win32_(?:process|processtrace|processstarttrace|processstoptrace)$/],
  [
    'when devices come',
    /^win32_(?:volumechangeevent|logicaldisk|diskdrive|usbcontrollerdevice|devicechangeevent)$/,
  ],
  ['when the machine goes down', /^win32_(?:computershutdownevent|computersystemevent)$/],
  ['when services change', /^win32_(?:service|systemdriver)$/],
];

/** Something that runs, at times that keep a foothold. */
export const persistenceTriggers: SubscriptionRule = (subscription) => {
  const { filter, consumer } = subscription;
  if (filter === null || consumer === null) return [];
  if (whatRuns(consumer) === null && consumer.kind !== 'custom') return [];
  const names = classesOf(filter.query).map((name) => name.toLowerCase());
  const when = TRIGGERS.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0];
  if (when === undefined) return [];
  return [about(subscription, 'persistence-trigger', `${subscription.name} runs ${when}`)];
};

/** Filters whose query says nothing. */
export const unreadableQueries: SubscriptionRule = (subscription) => {
  const { filter } = subscription;
  if (filter === null || parse(filter.query) !== null) return [];
  return [about(subscription, 'unreadable-query', `the query of ${filter.path} cannot be read`)];
};

/** Timers, which raise events by the clock. */
export const timers: NamespaceRule = ({ namespace, timers }) =>
  timers.map(({ path, properties }) => {
    const interval = properties['IntervalBetweenEvents'];
    const evidence = typeof interval === 'number' ? { interval: `${interval} ms` } : {};
    const message = `${path} raises events by the clock`;
    const matter = plainProperties(properties);
    return { rule: 'timer-instruction', namespace, subject: path, message, evidence, matter };
  });

/** The classes that an event query names; words that could be such where it cannot be read. */
function classesOf(query: string): string[] {
  const parsed = parse(query);
  if (parsed === null) return query.match(/\b[A-Za-z_]\w{0,255}\b/g) ?? [];
  return [parsed.className, ...(parsed.where === null ? [] : classesIn(parsed.where))];
}

function classesIn(root: Condition): string[] {
  const found: string[] = [];
  const waiting: Condition[] = [root];
  for (let test = waiting.pop(); test !== undefined; test = waiting.pop()) {
    if (test.kind === 'and' || test.kind === 'or') waiting.push(...test.terms);
    else if (test.kind === 'not') waiting.push(test.term);
    else if (test.kind === 'isa') found.push(test.className);
    else if (test.kind === 'compare' && typeof test.value === 'string') found.push(test.value);
  }
  return found;
}

function parse(query: string): SelectQuery | null {
  try {
    const parsed = parseWql(query);
    return parsed.kind === 'select' ? parsed : null;
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
