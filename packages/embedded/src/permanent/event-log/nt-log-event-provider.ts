import { defineClass, fromDate, type PropertyBag, type Provider } from '@wmisec/wbem';
import { type EventLog, type EventLogRecord, EventType } from './event-log.ts';

const LOG = 'Application';

/** The words that Windows uses, and its own numbers for the types. @see Microsoft, "Win32_NTLogEvent class" */
const TYPES: Readonly<Record<number, readonly [number, string]>> = {
  [EventType.Success]: [0, 'Success'],
  [EventType.Error]: [1, 'Error'],
  [EventType.Warning]: [2, 'Warning'],
  [EventType.Information]: [3, 'Information'],
  [EventType.AuditSuccess]: [4, 'Security Audit Success'],
  [EventType.AuditFailure]: [5, 'Security Audit Failure'],
};

const ntLogEvent = defineClass({
  name: 'Win32_NTLogEvent',
  qualifiers: { dynamic: true, provider: 'MS_NT_EVENTLOG_PROVIDER' },
  properties: {
    Category: 'uint16',
    CategoryString: 'string',
    ComputerName: 'string',
    Data: 'uint8[]',
    EventCode: 'uint16',
    EventIdentifier: 'uint32',
    EventType: 'uint8',
    InsertionStrings: 'string[]',
    Logfile: { type: 'string', key: true },
    Message: 'string',
    RecordNumber: { type: 'uint32', key: true },
    SourceName: 'string',
    TimeGenerated: 'datetime',
    TimeWritten: 'datetime',
    Type: 'string',
    User: 'string',
  },
});

/** Serves the log as the class by which Windows shows its own. */
export function ntLogEventProvider(log: EventLog): Provider {
  return {
    name: 'MS_NT_EVENTLOG_PROVIDER',
    classes: [ntLogEvent],
    enumerate: () => [log.records().map(rowOf)],
    getInstance: async (_className, { Logfile, RecordNumber }) => {
      const isOurs = String(Logfile).toLowerCase() === LOG.toLowerCase();
      const record = isOurs ? log.get(Number(RecordNumber)) : null;
      return record === null ? null : rowOf(record);
    },
  };
}

function rowOf(record: EventLogRecord): PropertyBag {
  const [EventType, Type] = TYPES[record.type] ?? [record.type, 'Unknown'];
  const time = fromDate(record.at);
  return {
    ...{ Logfile: LOG, RecordNumber: record.number, SourceName: record.source },
    ...{ EventIdentifier: record.eventId, EventCode: record.eventId & 0xffff, EventType, Type },
    ...{ Category: record.category, CategoryString: null, ComputerName: record.computer },
    ...{ TimeGenerated: time, TimeWritten: time, User: record.user, Data: record.data },
    ...{ InsertionStrings: record.strings, Message: record.strings.join('\r\n') },
  };
}
