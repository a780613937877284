import { hostname } from 'node:os';
import type { CimInstance, CimValue } from '@wmisec/wbem';
import type { EventConsumer } from '../delivery/event-consumer.ts';
import { expandTemplate, parseTemplate } from '../template.ts';
import { cannot, notAllowed } from './not-allowed.ts';

/** A mail as an `SMTPEventConsumer` and an event make it. What comes from the event has no line breaks in headers. */
export interface Mail {
  readonly server: string;
  readonly from: string;
  /** Addresses, separated by commas or semicolons; empty for none. */
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  /** null for none. */
  readonly replyTo: string | null;
  readonly subject: string;
  readonly message: string;
  /** Lines of their own, `X-Priority: 1`, uninterpreted. */
  readonly headers: readonly string[];
}

/** Sends a mail, or rejects. */
export type MailSender = (mail: Mail, signal: AbortSignal) => Promise<void>;

/** Has mail sent by what the owner of the service provides. @see docs/rules.md 9.15 */
export function smtp(send: MailSender | null): EventConsumer {
  return (event, { consumer, signal }) => {
    if (send === null) throw notAllowed('SMTPEventConsumer: this service has nothing that sends mail');
    return send(mailOf(consumer, event), signal);
  };
}

function mailOf({ properties }: CimInstance, event: CimInstance): Mail {
  const header = (value: CimValue | undefined) => expanded(value, event, withoutControls);
  return {
    server: String(properties['SMTPServer']),
    from: header(properties['FromLine']) ?? `WinMgmt@${hostname()}`,
    to: header(properties['ToLine']) ?? '',
    cc: header(properties['CcLine']) ?? '',
    bcc: header(properties['BccLine']) ?? '',
    replyTo: header(properties['ReplyToLine']),
    subject: header(properties['Subject']) ?? '',
    message: expanded(properties['Message'], event, (text) => text) ?? '',
    headers: headerLines(properties['HeaderFields']),
  };
}

function expanded(
  template: CimValue | undefined,
  event: CimInstance,
  clean: (text: string) => string,
): string | null {
  return typeof template === 'string' ? expandTemplate(parseTemplate(template), event, clean) : null;
}

function headerLines(value: CimValue | undefined): string[] {
  const lines = Array.isArray(value) ? value.map(String) : [];
  const bad = lines.find((line) => !/^[!-9;-~]+:\P{Cc}*$/u.test(line));
  if (bad === undefined) return lines;
  throw cannot(
    `HeaderFields: expected a line such as X-Priority: 1, got ${JSON.stringify(bad.slice(0, 80))}`,
  );
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
