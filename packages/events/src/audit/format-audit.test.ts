import { expect, test } from 'vitest';
import { audit } from './audit.ts';
import { formatAudit } from './format-audit.ts';
import { machine, plant } from './testing.ts';

test('a clean machine is one line', async () => {
  expect(formatAudit(await audit(machine().root))).toBe(
    'this machine: 0 subscriptions in 4 namespaces, nothing found\n',
  );
});

test('a finding says what, where, by which evidence, and what would mend it', async () => {
  const { root, subscription } = machine();
  plant(subscription, {
    className: 'LogFileEventConsumer',
    consumer: { Filename: 'C:\\inetpub\\wwwroot\\x.aspx', Text: 'x' },
  });
  const text = formatAudit(await audit(root, { host: 'WEB1' }));
  expect(text.replace(/fingerprint: [0-9a-f]{32}/, 'fingerprint: F')).toBe(`\
WEB1: 1 subscription in 4 namespaces, 1 finding

HIGH Writes where files are run (sensitive-log-file)
  LogFileEventConsumer.Name="x" writes to C:\\inetpub\\wwwroot\\x.aspx
  at root\\subscription:LogFileEventConsumer.Name="x"
  filter: __EventFilter.Name="x"
  query: SELECT * FROM Acme_Alarm
  consumer: LogFileEventConsumer.Name="x"
  file: C:\\inetpub\\wwwroot\\x.aspx
  text: x
  fix: write to a folder for logs alone
  fingerprint: F
`);
});

test('what an intruder wrote cannot move the cursor', async () => {
  const { root, subscription } = machine();
  plant(subscription, { name: '\u001b[2J\u202ename\nlines', className: 'Acme_Pager' });
  expect(formatAudit(await audit(root))).toMatch(/^[\n -~·]+$/);
});

test('nor can what he wrote into the name of evidence, nor the name of the host', async () => {
  const { root, subscription } = machine();
  subscription.creator = 'S-1-5-21-1-2-3-1001';
  plant(subscription, { name: '\u001b[2J\u202ename' });
  const text = formatAudit(await audit(root, { host: 'WEB\u001b[2J1' }));
  expect(text).toContain('creator of __EventFilter');
  expect(text).toMatch(/^[\n -~·]+$/);
});
