import type { EventConsumer } from './delivery/event-consumer.ts';
import type { CommandRunner } from './standard-consumers/command-line.ts';
import type { MailSender } from './standard-consumers/smtp.ts';

/** What permanent subscriptions may do on this machine. Everything that is not allowed here fails when it is due. */
export interface ConsumerOptions {
  /**
   * Folders, absolute, into which and below which `LogFileEventConsumer` may write, never through links. Others must
   * not be able to write to them. Default: none.
   */
  readonly logFolders?: readonly string[] | undefined;
  /**
   * Whether `CommandLineEventConsumer` starts processes, as the user of this one, or what starts them in its place.
   * Default false.
   */
  readonly commandLine?: boolean | CommandRunner | undefined;
  /** What sends the mail of `SMTPEventConsumer`. Default: nothing does. */
  readonly sendMail?: MailSender | undefined;
  /**
   * What carries out the consumers of a class of one's own below `__EventConsumer`, by its name in
   * `root\subscription`, or by namespace and name: `root\cimv2:Acme_Pager`. Default: none.
   */
  readonly custom?: Readonly<Record<string, EventConsumer>> | undefined;
}
