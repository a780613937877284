import { sameName } from '@wmisec/wbem';
import type { ConsumerKind, ConsumerSpec } from './consumer-spec.ts';

/** What a member of a spec holds. */
export type MemberType = 'text' | 'texts' | 'number' | 'flag';

interface StandardConsumer {
  readonly className: string;
  /** The names of WMI, each with the member of the spec and what it holds. */
  readonly properties: Readonly<Record<string, readonly [member: string, type: MemberType]>>;
}

/** What consumers of every class have. */
export const BASE_PROPERTIES: StandardConsumer['properties'] = {
  MachineName: ['machineName', 'text'],
  MaximumQueueSize: ['maximumQueueSize', 'number'],
};

/** The consumers that WMI brings, in `root\subscription`. @see docs/rules.md 9.15 */
export const STANDARD_CONSUMERS: Readonly<Record<Exclude<ConsumerKind, 'custom'>, StandardConsumer>> = {
  logFile: {
    className: 'LogFileEventConsumer',
    properties: {
      Filename: ['filename', 'text'],
      Text: ['text', 'text'],
      MaximumFileSize: ['maximumFileSize', 'number'],
      IsUnicode: ['isUnicode', 'flag'],
    },
  },
  ntEventLog: {
    className: 'NTEventLogEventConsumer',
    properties: {
      SourceName: ['sourceName', 'text'],
      EventID: ['eventId', 'number'],
      EventType: ['eventType', 'number'],
      Category: ['category', 'number'],
      InsertionStringTemplates: ['insertionStringTemplates', 'texts'],
      NameOfRawDataProperty: ['nameOfRawDataProperty', 'text'],
      NameOfUserSidProperty: ['nameOfUserSidProperty', 'text'],
      UNCServerName: ['uncServerName', 'text'],
    },
  },
  commandLine: {
    className: 'CommandLineEventConsumer',
    properties: {
      ExecutablePath: ['executablePath', 'text'],
      CommandLineTemplate: ['commandLineTemplate', 'text'],
      WorkingDirectory: ['workingDirectory', 'text'],
      KillTimeout: ['killTimeout', 'number'],
      Priority: ['priority', 'number'],
      ShowWindowCommand: ['showWindowCommand', 'number'],
      WindowTitle: ['windowTitle', 'text'],
      CreateNewProcessGroup: ['createNewProcessGroup', 'flag'],
      UseDefaultErrorMode: ['useDefaultErrorMode', 'flag'],
      RunInteractively: ['runInteractively', 'flag'],
    },
  },
  activeScript: {
    className: 'ActiveScriptEventConsumer',
    properties: {
      ScriptingEngine: ['scriptingEngine', 'text'],
      ScriptText: ['scriptText', 'text'],
      ScriptFileName: ['scriptFileName', 'text'],
      KillTimeout: ['killTimeout', 'number'],
    },
  },
  smtp: {
    className: 'SMTPEventConsumer',
    properties: {
      SMTPServer: ['smtpServer', 'text'],
      ToLine: ['toLine', 'text'],
      CcLine: ['ccLine', 'text'],
      BccLine: ['bccLine', 'text'],
      FromLine: ['fromLine', 'text'],
      ReplyToLine: ['replyToLine', 'text'],
      Subject: ['subject', 'text'],
      Message: ['message', 'text'],
      HeaderFields: ['headerFields', 'texts'],
    },
  },
};

/** The kind of a class, by the first of its names, nearest first: what derives from a standard class is of its kind. */
export function consumerKind(names: readonly string[]): ConsumerKind {
  const kinds = Object.entries(STANDARD_CONSUMERS) as [ConsumerKind, StandardConsumer][];
  for (const name of names) {
    const found = kinds.find(([, { className }]) => sameName(className, name));
    if (found !== undefined) return found[0];
  }
  return 'custom';
}

export function consumerClassName(consumer: ConsumerSpec): string {
  return consumer.kind === 'custom' ? consumer.className : STANDARD_CONSUMERS[consumer.kind].className;
}

/** The properties of the consumer's instance, without its key; what is absent is left to the class. */
export function consumerProperties(consumer: ConsumerSpec): Record<string, unknown> {
  const base = named(BASE_PROPERTIES, consumer);
  if (consumer.kind === 'custom') return { ...consumer.properties, ...base };
  const own = { ...named(STANDARD_CONSUMERS[consumer.kind].properties, consumer), ...base };
  const templates = own['InsertionStringTemplates'];
  return Array.isArray(templates) ? { ...own, NumberOfInsertionStrings: templates.length } : own;
}

function named(properties: StandardConsumer['properties'], consumer: object): Record<string, unknown> {
  const members = consumer as Readonly<Record<string, unknown>>;
  const pairs = Object.entries(properties).map(([name, [member]]) => [name, members[member]] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}
