/** What every consumer has. */
export interface ConsumerBase {
  /** The machine that events are sent to; absent means the one at hand. */
  readonly machineName?: string | undefined;
  /** Bytes that may wait for the consumer. */
  readonly maximumQueueSize?: number | undefined;
}

/** Appends a line to a file. @see docs/rules.md 9.15 */
export interface LogFileConsumer extends ConsumerBase {
  readonly kind: 'logFile';
  /** An absolute path. WMI does not secure the file. */
  readonly filename: string;
  /** A template: `%TargetInstance.Name% came`. */
  readonly text: string;
  /** Bytes, 0 for no limit. Default 65,535. */
  readonly maximumFileSize?: number | bigint | undefined;
  /** Counts for a new file only. */
  readonly isUnicode?: boolean | undefined;
}

/** Writes to the event log of Windows. @see docs/rules.md 9.15 */
export interface NTEventLogConsumer extends ConsumerBase {
  readonly kind: 'ntEventLog';
  /** Without a colon. */
  readonly sourceName: string;
  readonly eventId: number;
  /** `EVENTLOG_*_TYPE` of winnt.h: 0, 1, 2, 4, 8 or 16. Default 1, an error. */
  readonly eventType?: number | undefined;
  readonly category?: number | undefined;
  /** Templates. */
  readonly insertionStringTemplates?: readonly string[] | undefined;
  readonly nameOfRawDataProperty?: string | undefined;
  readonly nameOfUserSidProperty?: string | undefined;
  readonly uncServerName?: string | undefined;
}

/** Starts a program as LocalSystem. @see docs/rules.md 9.15 */
export interface CommandLineConsumer extends ConsumerBase {
  readonly kind: 'commandLine';
  /** An absolute path: without it event data could choose the program. */
  readonly executablePath: string;
  /** A template, whose first word repeats the program. Default: the program alone. */
  readonly commandLineTemplate?: string | undefined;
  readonly workingDirectory?: string | undefined;
  /** Seconds until the process is ended, 0 for never. */
  readonly killTimeout?: number | undefined;
  readonly priority?: number | undefined;
  readonly showWindowCommand?: number | undefined;
  readonly windowTitle?: string | undefined;
  readonly createNewProcessGroup?: boolean | undefined;
  readonly useDefaultErrorMode?: boolean | undefined;
  readonly runInteractively?: boolean | undefined;
}

/** Runs a script as LocalSystem: its text or a file, never both. @see docs/rules.md 9.15 */
export interface ActiveScriptConsumer extends ConsumerBase {
  readonly kind: 'activeScript';
  /** `VBScript`, `JScript`. */
  readonly scriptingEngine: string;
  readonly scriptText?: string | undefined;
  /** An absolute path. */
  readonly scriptFileName?: string | undefined;
  /** Seconds until the script is ended, 0 for never. */
  readonly killTimeout?: number | undefined;
}

/** Sends mail. @see docs/rules.md 9.15 */
export interface SmtpConsumer extends ConsumerBase {
  readonly kind: 'smtp';
  readonly smtpServer: string;
  /** Addresses; one of the three lines at least. */
  readonly toLine?: string | undefined;
  readonly ccLine?: string | undefined;
  readonly bccLine?: string | undefined;
  readonly fromLine?: string | undefined;
  readonly replyToLine?: string | undefined;
  readonly subject?: string | undefined;
  readonly message?: string | undefined;
  /** `Name: value`, put into the mail as they are. */
  readonly headerFields?: readonly string[] | undefined;
}

/** An instance of a class of one's own below `__EventConsumer`, whose only key is the name. */
export interface CustomConsumer extends ConsumerBase {
  readonly kind: 'custom';
  readonly className: string;
  /** Without the key. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

export type ConsumerSpec =
  | LogFileConsumer
  | NTEventLogConsumer
  | CommandLineConsumer
  | ActiveScriptConsumer
  | SmtpConsumer
  | CustomConsumer;

export type ConsumerKind = ConsumerSpec['kind'];
