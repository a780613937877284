import type { SmtpConsumer } from './consumer-spec.ts';
import { brokenRule, requireAllowed, requireText } from './refuse.ts';
import type { SubscriptionRisk } from './subscription-spec.ts';
import { templateFields } from './template-fields.ts';

const LINES = ['toLine', 'ccLine', 'bccLine', 'fromLine', 'replyToLine', 'subject'] as const;
const RECIPIENTS = ['toLine', 'ccLine', 'bccLine'] as const;

/** RFC 5322 3.6.8: printable US-ASCII without a colon, then the value on the same line. */
const HEADER_FIELD = /^[\x21-\x39\x3b-\x7e]+:[\x20-\x7e\t]*$/;

/** @see docs/rules.md 9.15 */
export function checkSmtp(consumer: SmtpConsumer, allow: readonly SubscriptionRisk[]): void {
  requireText(consumer.smtpServer, 'smtpServer');
  if (RECIPIENTS.every((name) => (consumer[name] ?? '') === ''))
    throw brokenRule('expected one of toLine, ccLine and bccLine, got none');
  for (const name of LINES)
    if (/[\r\n]/.test(consumer[name] ?? '')) throw brokenRule(`expected ${name} to be one line, got several`);
  for (const name of RECIPIENTS)
    if (templateFields(consumer[name] ?? '').length > 0)
      requireAllowed(allow, 'eventChoosesRecipient', `event data in ${name}`);
  for (const field of consumer.headerFields ?? [])
    if (!isPlainHeader(field))
      requireAllowed(
        allow,
        'rawHeaderFields',
        `the header field ${JSON.stringify(field.slice(0, 80))} could add others`,
      );
}

/** True for a header field that is one line without event data. */
export function isPlainHeader(field: string): boolean {
  return HEADER_FIELD.test(field) && templateFields(field).length === 0;
}
