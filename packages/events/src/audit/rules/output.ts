import { isPlainHeader } from '../../subscriptions/check-smtp.ts';
import type { ConsumerPart } from '../../subscriptions/subscription-parts.ts';
import { templateFields } from '../../subscriptions/template-fields.ts';
import { about, excerpt, textOf, textsOf } from '../subscription-evidence.ts';
import type { SubscriptionRule } from './rule.ts';

/** Folders whose files something runs, serves or loads. */
const FOLDERS =
  /\\startup\\|\\start menu\\|\\inetpub\\|\\wwwroot\\|\\htdocs\\|\\frontend\\|\\sysvol\\|\\netlogon\\|\\grouppolicy\\|\\tasks\\|\\system32\\|\\syswow64\\|\\windowspowershell\\|\\powershell\\|\/etc\/|\/var\/www\/|\/cron|\/\.ssh\/|\/init\.d\//i;

/** Files that something runs, serves or loads, wherever they lie. */
const EXTENSIONS =
  /\.(?:bat|cmd|com|exe|ps1|psm1|psd1|vbs|vbe|js|jse|wsf|wsh|hta|mof|lnk|url|scr|pif|inf|reg|sct|asp|aspx|ashx|asmx|php|jsp|jspx|cshtml|sh|py|rb|pl)$/i;

/** UTF-16 units of a path's end that can hold its extension. */
const LONGEST_EXTENSION = 16;

/** Log files that are more than logs. */
export const writesWhereFilesRun: SubscriptionRule = (subscription) => {
  const { consumer } = subscription;
  if (consumer?.kind !== 'logFile') return [];
  const file = textOf(consumer, 'Filename');
  const windowsPath = file.replaceAll('/', '\\');
  const sign = FOLDERS.exec(windowsPath) ?? FOLDERS.exec(file) ?? EXTENSIONS.exec(withoutTrail(file));
  if (sign === null) return [];
  const evidence = { file: excerpt(file), text: excerpt(textOf(consumer, 'Text')) };
  const message = `${consumer.path} writes to ${excerpt(file)}`;
  return [about(subscription, 'sensitive-log-file', message, evidence)];
};

/** Windows leaves out dots and blanks at the end of a name. */
function withoutTrail(file: string): string {
  let end = file.length;
  while (end > 0 && (file[end - 1] === '.' || file[end - 1] === ' ')) end--;
  return file.slice(Math.max(0, end - LONGEST_EXTENSION), end);
}

/** Mail: where to. */
export const sendsMail: SubscriptionRule = (subscription) => {
  const { consumer } = subscription;
  if (consumer?.kind !== 'smtp') return [];
  const recipients = excerpt(recipientsOf(consumer));
  const evidence = { server: textOf(consumer, 'SMTPServer'), recipients };
  const message = `${consumer.path} sends event data to ${recipients || 'nobody'}`;
  return [about(subscription, 'sends-mail', message, evidence)];
};

/** Mail: addresses that the event says. */
export const mailsWhereEventsSay: SubscriptionRule = (subscription) => {
  const { consumer } = subscription;
  if (consumer?.kind !== 'smtp') return [];
  const fields = templateFields(recipientsOf(consumer));
  if (fields.length === 0) return [];
  const message = `${consumer.path} sends mail to whom the event's ${fields.join(' and ')} names`;
  return [about(subscription, 'event-chooses-recipient', message)];
};

function recipientsOf(consumer: ConsumerPart): string {
  const lines = ['ToLine', 'CcLine', 'BccLine'].map((line) => textOf(consumer, line));
  return lines.filter((line) => line !== '').join('; ');
}

/** Mail: fields that could be more than one. */
export const addsHeaders: SubscriptionRule = (subscription) => {
  const { consumer } = subscription;
  if (consumer?.kind !== 'smtp') return [];
  const field = textsOf(consumer, 'HeaderFields').find((each) => !isPlainHeader(each));
  if (field === undefined) return [];
  const message = `${consumer.path} has a header field that could add others`;
  return [about(subscription, 'raw-header-fields', message, { header: excerpt(JSON.stringify(field)) })];
};
