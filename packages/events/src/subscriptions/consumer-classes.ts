import type { ConsumerKind, ConsumerSpec } from './consumer-spec.ts';

interface StandardConsumer {
  readonly className: string;
  /** Members of the spec by the names of WMI. */
  readonly properties: Readonly<Record<string, string>>;
}

/** The consumers that WMI brings, in `root\subscription`. @see docs/rules.md 9.15 */
export const STANDARD_CONSUMERS: Readonly<Record<Exclude<ConsumerKind, 'custom'>, StandardConsumer>> = {
  logFile: {
    className: 'LogFileEventConsumer',
    properties: {
      Filename: 'filename',
      Text: 'text',
      MaximumFileSize: 'maximumFileSize',
      IsUnicode: 'isUnicode',
    },
  },
  ntEventLog: {
    className: 'NTEventLogEventConsumer',
    properties: {
      SourceName: 'sourceName',
      EventID: 'eventId',
      EventType: 'eventType',
      Category: 'category',
      InsertionStringTemplates: 'insertionStringTemplates',
      NameOfRawDataProperty: 'nameOfRawDataProperty',
      NameOfUserSidProperty: 'nameOfUserSidProperty',
      UNCServerName: 'uncServerName',
    },
  },
  commandLine: {
    className: 'CommandLineEventConsumer',
    properties: {
      ExecutablePath: 'executablePath',
      CommandLineTemplate: 'commandLineTemplate',
      WorkingDirectory: 'workingDirectory',
      KillTimeout: 'killTimeout',
      Priority: 'priority',
      ShowWindowCommand: 'showWindowCommand',
      WindowTitle: 'windowTitle',
      CreateNewProcessGroup: 'createNewProcessGroup',
      UseDefaultErrorMode: 'useDefaultErrorMode',
      RunInteractively: 'runInteractively',
    },
  },
  activeScript: {
    className: 'ActiveScriptEventConsumer',
    properties: {
      ScriptingEngine: 'scriptingEngine',
      ScriptText: 'scriptText',
      ScriptFileName: 'scriptFileName',
      KillTimeout: 'killTimeout',
    },
  },
  smtp: {
    className: 'SMTPEventConsumer',
    properties: {
      SMTPServer: 'smtpServer',
      ToLine: 'toLine',
      CcLine: 'ccLine',
      BccLine: 'bccLine',
      FromLine: 'fromLine',
      ReplyToLine: 'replyToLine',
      Subject: 'subject',
      Message: 'message',
      HeaderFields: 'headerFields',
    },
  },
};

/** The kind of a class, by its name in any case. */
export function consumerKind(className: string): ConsumerKind {
  const folded = className.toLowerCase();
  const found = Object.entries(STANDARD_CONSUMERS).find(
    ([, each]) => each.className.toLowerCase() === folded,
  );
  return found === undefined ? 'custom' : (found[0] as ConsumerKind);
}

export function consumerClassName(consumer: ConsumerSpec): string {
  return consumer.kind === 'custom' ? consumer.className : STANDARD_CONSUMERS[consumer.kind].className;
}

/** The properties of the consumer's instance, without its key; what is absent is left to the class. */
export function consumerProperties(consumer: ConsumerSpec): Record<string, unknown> {
  const { machineName, maximumQueueSize } = consumer;
  const base = { MachineName: machineName, MaximumQueueSize: maximumQueueSize };
  if (consumer.kind === 'custom') return { ...consumer.properties, ...given(base) };
  const members = consumer as unknown as Readonly<Record<string, unknown>>;
  const own = Object.entries(STANDARD_CONSUMERS[consumer.kind].properties).map(
    ([name, member]) => [name, members[member]] as const,
  );
  const counted =
    consumer.kind === 'ntEventLog'
      ? { NumberOfInsertionStrings: consumer.insertionStringTemplates?.length }
      : {};
  return given({ ...Object.fromEntries(own), ...counted, ...base });
}

function given(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
