import { checkCommandLine } from './check-command-line.ts';
import { checkMembers } from './check-members.ts';
import { checkSmtp } from './check-smtp.ts';
import { isAbsolutePath } from './command-line.ts';
import type {
  ActiveScriptConsumer,
  ConsumerKind,
  ConsumerSpec,
  CustomConsumer,
  LogFileConsumer,
  NTEventLogConsumer,
} from './consumer-spec.ts';
import { brokenRule, requireText } from './refuse.ts';
import { requireCustomClass } from './require-custom-class.ts';
import type { SubscriptionRisk } from './subscription-spec.ts';

const EVENT_TYPES: ReadonlySet<number> = new Set([0, 1, 2, 4, 8, 16]);

type Check = (consumer: never, allow: readonly SubscriptionRisk[]) => void;

/** What WMI demands of each kind of consumer, and what only names allow. @see docs/rules.md 9.15 */
export function checkConsumer(consumer: ConsumerSpec, allow: readonly SubscriptionRisk[]): void {
  const { kind } = consumer;
  const kinds = Object.keys(CHECKS);
  if (!kinds.includes(kind))
    throw brokenRule(`expected ${kinds.join(', ')} as the kind of consumer, got ${JSON.stringify(kind)}`);
  checkMembers(consumer);
  const check: Check = CHECKS[kind];
  check(consumer as never, allow);
}

const CHECKS: Readonly<Record<ConsumerKind, Check>> = {
  logFile: checkLogFile,
  ntEventLog: checkEventLog,
  commandLine: checkCommandLine,
  activeScript: checkScript,
  smtp: checkSmtp,
  custom: checkCustom,
};

function checkLogFile({ filename, text }: LogFileConsumer): void {
  requireText(filename, 'filename');
  requireText(text, 'text');
  if (!isAbsolutePath(filename))
    throw brokenRule(`expected an absolute path as filename, got ${JSON.stringify(filename)}`);
}

function checkEventLog({ sourceName, eventId, eventType = 1 }: NTEventLogConsumer): void {
  requireText(sourceName, 'sourceName');
  if (sourceName.includes(':'))
    throw brokenRule(`expected a sourceName without a colon, got ${JSON.stringify(sourceName)}`);
  if (!Number.isInteger(eventId)) throw brokenRule(`expected a whole number as eventId, got ${eventId}`);
  if (!EVENT_TYPES.has(eventType))
    throw brokenRule(`expected 0, 1, 2, 4, 8 or 16 as eventType, got ${eventType}`);
}

function checkScript({ scriptingEngine, scriptText, scriptFileName }: ActiveScriptConsumer): void {
  requireText(scriptingEngine, 'scriptingEngine, such as VBScript');
  if ((scriptText === undefined) === (scriptFileName === undefined))
    throw brokenRule(
      `expected scriptText or scriptFileName, got ${scriptText === undefined ? 'neither' : 'both'}`,
    );
  if (scriptFileName !== undefined && !isAbsolutePath(scriptFileName))
    throw brokenRule(`expected an absolute path as scriptFileName, got ${JSON.stringify(scriptFileName)}`);
}

function checkCustom({ className }: CustomConsumer): void {
  requireText(className, 'className');
  requireCustomClass(className);
}
