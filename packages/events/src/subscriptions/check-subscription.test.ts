import { describe, expect, test } from 'vitest';
import { checkSubscription } from './check-subscription.ts';
import type { ConsumerSpec } from './consumer-spec.ts';
import type { SubscriptionRisk, SubscriptionSpec } from './subscription-spec.ts';

const subscribing = (consumer: unknown, changes: Partial<SubscriptionSpec> = {}): SubscriptionSpec => ({
  name: 'x',
  query: 'SELECT * FROM Acme_Alarm',
  eventAccess: 'everyone',
  consumer: consumer as ConsumerSpec,
  ...changes,
});

const EXE = 'C:\\Windows\\System32\\shutdown.exe';
const command = (commandLineTemplate?: string, executablePath: string | undefined = EXE) => ({
  kind: 'commandLine',
  executablePath,
  commandLineTemplate,
});
const script = (changes: object) => ({ kind: 'activeScript', scriptingEngine: 'VBScript', ...changes });
const log = (changes: object) => ({ kind: 'ntEventLog', sourceName: 'Acme', eventId: 1, ...changes });
const mail = (changes: object) => ({ kind: 'smtp', smtpServer: 'mail', toLine: 'a@b', ...changes });

const rule = (consumer: unknown, words: string) => {
  expect(() => checkSubscription(subscribing(consumer))).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER', message: expect.stringContaining(words) }),
  );
};

const risk = (consumer: unknown, name: SubscriptionRisk) => {
  expect(() => checkSubscription(subscribing(consumer))).toThrow(
    expect.objectContaining({ code: 'UNSAFE_SUBSCRIPTION', message: expect.stringContaining(`'${name}'`) }),
  );
  expect(() => checkSubscription(subscribing(consumer, { allow: [name] }))).not.toThrow();
};

describe('rules 9.15 CommandLine', () => {
  test.each([
    ['its path alone', command()],
    ['its path again', command(`${EXE} /s /t 0`)],
    ['its quoted path', command(`"${EXE}" /s`)],
    ['its name', command('shutdown /s')],
    ['event data behind the program', command('shutdown.exe /c "%TargetInstance.Name%" %Reason%')],
  ])('takes %s', (_, consumer) => expect(() => checkSubscription(subscribing(consumer))).not.toThrow());

  test('the program is set explicitly', () => {
    rule({ kind: 'commandLine', commandLineTemplate: 'calc' }, 'executablePath');
    rule(command(undefined, 'calc.exe'), 'an absolute path');
  });

  test('argv[0] repeats the program', () => {
    rule(command('calc.exe /s'), 'to begin with');
    rule(command('C:\\Temp\\shutdown.exe /s'), 'to begin with');
  });

  test('event data chooses the program only by name', () => {
    risk(command('%TargetInstance.Path% /s'), 'eventChoosesProgram');
    risk(command(undefined, 'C:\\%Program%'), 'eventChoosesProgram');
  });

  test('event data is given to a shell, or to a batch file, only by name', () => {
    risk(command('run.bat %TargetInstance.Name%', 'C:\\Acme\\run.bat'), 'eventDataInShell');
    risk(command('cmd /c del %TargetInstance.Name%', 'C:\\Windows\\System32\\cmd.exe'), 'eventDataInShell');
  });
});

test('AC-9.15 rules 9.15 ActiveScript has one of scriptText and scriptFileName, and an engine', () => {
  rule(script({ scriptText: 'x', scriptFileName: 'C:\\x.vbs' }), 'got both');
  rule(script({}), 'got neither');
  rule(script({ scriptFileName: 'x.vbs' }), 'an absolute path');
  rule({ kind: 'activeScript', scriptText: 'x' }, 'scriptingEngine');
  expect(() => checkSubscription(subscribing(script({ scriptText: 'x' })))).not.toThrow();
});

test('rules 9.15 NTEventLog has a source without a colon, and an event type that there is', () => {
  rule(log({ sourceName: 'Acme:Doors' }), 'without a colon');
  rule(log({ sourceName: '' }), 'sourceName');
  rule(log({ eventType: 3 }), '0, 1, 2, 4, 8 or 16');
  rule(log({ eventId: 'x' }), 'eventId');
  expect(() => checkSubscription(subscribing(log({ eventType: 4 })))).not.toThrow();
});

describe('rules 9.15 SMTP', () => {
  test('needs a server and an address', () => {
    rule(mail({ smtpServer: '' }), 'smtpServer');
    rule(mail({ toLine: undefined }), 'one of toLine');
    expect(() => checkSubscription(subscribing(mail({ toLine: undefined, bccLine: 'c@d' })))).not.toThrow();
  });

  test.each(['toLine', 'fromLine', 'subject'])('%s is one line', (line) => {
    rule(mail({ [line]: 'a@b\r\nBcc: evil@example.org' }), `${line} to be one line`);
  });

  test.each([
    'X-A: 1\r\nBcc: evil@example.org',
    'X-A: 1\nBcc: evil@example.org',
    'X-A: %TargetInstance.Name%',
    'no field',
  ])('the header field %j is put in only by name', (field) => {
    risk(mail({ headerFields: ['X-B: fine', field] }), 'rawHeaderFields');
  });

  test('a header field of one line is fine', () => {
    expect(() => checkSubscription(subscribing(mail({ headerFields: ['X-Priority: 1'] })))).not.toThrow();
  });

  test('event data addresses mail only by name', () => {
    risk(mail({ ccLine: '%TargetInstance.Owner%' }), 'eventChoosesRecipient');
  });
});

test('a standard class keeps its rules when it is called custom', () => {
  rule({ kind: 'custom', className: 'commandlineEVENTconsumer' }, "the kind 'commandLine'");
});

test.each([
  ['a path that is relative', { kind: 'logFile', filename: 'x.log', text: 'y' }, 'an absolute path'],
  ['no text', { kind: 'logFile', filename: 'C:\\x.log' }, 'text'],
  ['no kind', {}, 'the kind of consumer'],
  ['a kind of no own', { kind: 'toString' }, 'the kind of consumer'],
  ['a member with a slip', mail({ tooLine: 'a@b' }), '"tooLine"'],
  ['a text that is none', mail({ ccLine: 5 }), 'text as ccLine, got 5'],
  ['a text that is null', command(null as never), 'text as commandLineTemplate, got null'],
  ['a list that is none', mail({ headerFields: [5] }), 'a list of texts as headerFields'],
  ['a number that is none', log({ category: 1.5 }), 'a whole number as category'],
  [
    'a flag that is none',
    { kind: 'logFile', filename: 'C:\\x', text: 'y', isUnicode: 'no' },
    'true or false',
  ],
  ['no consumer', null, 'a consumer'],
])('%s is refused', (_, consumer, words) => rule(consumer, words));

test.each([
  ['no name', { name: ' ' }, 'WBEM_E_INVALID_PARAMETER'],
  ['no query', { query: 'SELECT' }, 'WBEM_E_INVALID_QUERY'],
  ['no event query', { query: 'ASSOCIATORS OF {A.B=1}' }, 'WBEM_E_INVALID_PARAMETER'],
  ['a quality of service that is none', { deliveryQoS: 7 as never }, 'WBEM_E_INVALID_PARAMETER'],
  ['no descriptor', { eventAccess: 5 as never }, 'WBEM_E_INVALID_PARAMETER'],
  ['an empty namespace', { eventNamespace: '' }, 'WBEM_E_INVALID_PARAMETER'],
  ['a risk that is none', { allow: ['everything' as SubscriptionRisk] }, 'WBEM_E_INVALID_PARAMETER'],
])('%s is refused', (_, changes, code) => {
  expect(() => checkSubscription(subscribing(log({}), changes))).toThrow(expect.objectContaining({ code }));
});
